package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rekindle.plan.Expression.Literal;
import io.rekindle.plan.Expression.Malformed;
import io.rekindle.plan.Expression.ParameterValue;
import io.rekindle.plan.Expression.Reference;
import io.rekindle.plan.Expression.RegionValue;
import io.rekindle.plan.Expression.RunId;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Region.Side;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  @Nested
  class Parsing {
    @Test
    void readsAnOutputOfAStep() {
      assertThat(Expression.parse("${database.endpoint}").parts())
          .containsExactly(new Reference(new StepOutput("database", "endpoint"), 0));
    }

    @Test
    void readsAParameter() {
      assertThat(Expression.parse("${param.tasks}").parts())
          .containsExactly(new Reference(new ParameterValue("tasks"), 0));
    }

    @Test
    void readsAValueOfEitherRegion() {
      assertThat(Expression.parse("${primary.zone}${recovery.alb-name}").parts())
          .containsExactly(
              new Reference(new RegionValue(Side.PRIMARY, "zone"), 0),
              new Reference(new RegionValue(Side.RECOVERY, "alb-name"), 15));
    }

    @Test
    void readsTheRun() {
      assertThat(Expression.parse("${run}").parts()).containsExactly(new Reference(new RunId(), 0));
    }

    @Test
    void keepsTheTextAroundReferences() {
      assertThat(Expression.parse("jdbc:mysql://${db.endpoint}:${db.port}/shop").parts())
          .containsExactly(
              new Literal("jdbc:mysql://"),
              new Reference(new StepOutput("db", "endpoint"), 13),
              new Literal(":"),
              new Reference(new StepOutput("db", "port"), 28),
              new Literal("/shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$", "$$", "$5", "{a.b}", "}", "$ {a.b}", "a}b{c"})
    void leavesPlainTextAlone(String text) {
      assertThat(Expression.parse(text).references()).isEmpty();
      assertThat(Expression.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "$${, ${",
      "$${a.b}, ${a.b}",
      "echo $${HOME} now, echo ${HOME} now",
      "$$${, $${",
      "$${$${, ${${",
    })
    void makesAPlainTextOfTwoDollars(String text, String meant) {
      assertThat(Expression.parse(text).parts()).containsExactly(new Literal(meant));
    }

    @Test
    void readsAReferenceBehindAnEscapedOne() {
      assertThat(Expression.parse("$${a}${b.c}").parts())
          .containsExactly(new Literal("${a}"), new Reference(new StepOutput("b", "c"), 5));
    }
  }

  @Nested
  class Refusing {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "${a.b            | 0 | '${' is never closed",
          "x ${a.b} ${c     | 9 | '${' is never closed",
          "${}              | 0 | '${}' is not an expression",
          "x${ a.b }        | 1 | '${ a.b }' is not an expression",
          "${a.b.c}         | 0 | '${a.b.c}' is not an expression",
          "${1.b}           | 0 | '${1.b}' is not an expression",
          "${a.}            | 0 | '${a.}' is not an expression",
          "${.b}            | 0 | '${.b}' is not an expression",
          "${a + b}         | 0 | '${a + b}' is not an expression",
          "${a.${b.c}}      | 0 | '${a.${b.c}' is not an expression",
          "${a}             | 0 | '${a}' names no field: write ${a.name}",
          "${param}         | 0 | '${param}' names no field: write ${param.name}",
          "${run.id}        | 0 | '${run.id}' names a part of the run",
        },
        quoteCharacter = '`')
    void saysWhatIsWrongAndWhere(String text, int offset, String sentence) {
      assertThatExceptionOfType(Malformed.class)
          .isThrownBy(() -> Expression.parse(text))
          .withMessageStartingWith(sentence)
          .satisfies(malformed -> assertThat(malformed.offset()).isEqualTo(offset));
    }

    @Test
    void namesEveryForm() {
      assertThatExceptionOfType(Malformed.class)
          .isThrownBy(() -> Expression.parse("${?}"))
          .withMessage(
              "'${?}' is not an expression: write ${step.output}, ${param.name}, ${primary.value},"
                  + " ${recovery.value} or ${run}");
    }
  }

  @Nested
  class StandingAlone {
    @Test
    void isTheOnlyReference() {
      assertThat(Expression.parse("${param.tasks}").alone())
          .contains(new Reference(new ParameterValue("tasks"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ${param.tasks}", "${param.tasks} ", "${run}${run}", "$${", ""})
    void isNotAPartOfAText(String text) {
      assertThat(Expression.parse(text).alone()).isEmpty();
    }
  }

  @Test
  void givesTheReferencesInTheirOrder() {
    assertThat(Expression.parse("a ${b.c} d ${run} e").references())
        .extracting(Reference::word)
        .containsExactly(new StepOutput("b", "c"), new RunId());
  }
}
