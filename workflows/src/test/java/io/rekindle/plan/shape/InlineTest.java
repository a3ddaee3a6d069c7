package io.rekindle.plan.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Written;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A group of fields that is declared once and written among the others. */
class InlineTest {
  record Range(@Says("The least.") int min, @Says("The most.") @Default("9") int max) {
    Range {
      if (min > max) {
        throw new IllegalArgumentException("min is above max");
      }
    }
  }

  record Pool(
      @Says("Its name.") String name,
      @Written(inline = true) Range range,
      @Says("Its colours.") List<String> colours) {}

  private static Bound<Optional<Pool>> bound(String yaml) {
    return Binder.bind(PlanReader.fields(yaml), Pool.class, "pool");
  }

  private static List<String> problems(String yaml) {
    return bound(yaml).problems().stream().map(Problem::sentence).toList();
  }

  @Test
  void isReadFromTheFieldsBesideIt() {
    assertThat(bound("{ name: a, min: 2, colours: [red] }").value())
        .contains(new Pool("a", new Range(2, 9), List.of("red")));
  }

  @Test
  void standsAmongTheFieldsInItsPlace() {
    assertThat(Shapes.of(Pool.class).fields())
        .extracting(Shape.Slot::name)
        .containsExactly("name", "min", "max", "colours");
    assertThat(Shapes.of(Pool.class).slot("range")).isEmpty();
    assertThat(Shapes.of(Pool.class).slot("max").orElseThrow().byDefault()).contains("9");
  }

  @Test
  void hasNoNameOfItsOwn() {
    assertThat(problems("{ name: a, range: { min: 2 } }"))
        .anySatisfy(problem -> assertThat(problem).contains("unknown key 'range'"));
  }

  @Test
  void isSuggestedWhereAFieldIsMisspelt() {
    assertThat(problems("{ name: a, mim: 2 }"))
        .containsExactly("unknown key 'mim', in pool; did you mean 'min'?");
  }

  @Test
  void givesOneProblemForEachMistake() {
    assertThat(problems("{ min: red }"))
        .containsExactly(
            "missing 'name' (Its name.), in pool",
            "expected a whole number, found 'red', in pool.min");
  }

  @Test
  void refusesWhatDoesNotFitTogetherInTheRecordItStandsIn() {
    assertThat(bound("{ name: a, min: 12 }").problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("pool", "min is above max"));
  }
}
