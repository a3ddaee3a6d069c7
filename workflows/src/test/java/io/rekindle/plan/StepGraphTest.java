package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.proof.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StepGraphTest {

  /** A step that is written as {@code id} or {@code id needs [a, b]}; {@code ok} is an approval. */
  private static Step step(String written) {
    String[] parts = written.split(" needs ", 2);
    String kind =
        parts[0].startsWith("ok")
            ? Kinds.of(Control.Approval.class).name()
            : Kinds.of(Verify.Tcp.class).name();
    String needs = parts.length == 1 ? "" : ", needs: " + parts[1];
    String step = "{ id: %s, uses: %s, with: {}%s }".formatted(parts[0], kind, needs);
    return Binder.bind(PlanReader.fields(step), Step.class, "").value().orElseThrow();
  }

  private static StepGraph graph(String... steps) {
    return StepGraph.of(Stream.of(steps).map(StepGraphTest::step).toList());
  }

  private static StepGraph without(StepGraph graph, String... ids) {
    return graph.only(step -> !Set.of(ids).contains(step.id()));
  }

  private static List<String> order(StepGraph graph) {
    return graph.inOrder().stream().map(Step::id).toList();
  }

  @Nested
  class WithoutNeeds {
    @Test
    void aStepNeedsTheOneWrittenAboveIt() {
      StepGraph graph = graph("a", "b", "c");
      assertThat(graph.needsOf("a")).isEmpty();
      assertThat(graph.needsOf("b")).containsExactly("a");
      assertThat(graph.needsOf("c")).containsExactly("b");
    }

    @Test
    void nothingOverlaps() {
      StepGraph graph = graph("a", "b", "c");
      assertThat(graph.canOverlap("a", "c")).isFalse();
      assertThat(graph.canOverlap("c", "a")).isFalse();
      assertThat(graph.canOverlap("b", "b")).isFalse();
    }

    @Test
    void everyStepAboveIsBefore() {
      StepGraph graph = graph("a", "b", "c");
      assertThat(graph.isBefore("a", "c")).isTrue();
      assertThat(graph.isBefore("c", "a")).isFalse();
      assertThat(graph.isBefore("a", "a")).isFalse();
    }
  }

  @Nested
  class WithNeeds {
    @Test
    void aStepNeedsOnlyThose() {
      assertThat(graph("a", "b", "c needs [a]").needsOf("c")).containsExactly("a");
    }

    @Test
    void independentStepsOverlap() {
      StepGraph graph = graph("a", "b needs [a]", "c needs [a]", "d needs [b, c]");
      assertThat(graph.canOverlap("b", "c")).isTrue();
      assertThat(graph.canOverlap("b", "d")).isFalse();
      assertThat(graph.isBefore("a", "d")).isTrue();
    }

    @Test
    void aStepMayNeedOneWrittenBelow() {
      StepGraph graph = graph("a needs [b]", "b needs []");
      assertThat(order(graph)).containsExactly("b", "a");
      assertThat(graph.isBefore("b", "a")).isTrue();
    }

    @Test
    void theSameNeedTwiceIsOne() {
      assertThat(graph("a", "b needs [a, a]").needsOf("b")).containsExactly("a");
    }

    @Test
    void theStepBelowStillNeedsTheOneAbove() {
      assertThat(graph("a", "b", "c needs [a]", "d").needsOf("d")).containsExactly("c");
    }
  }

  @Nested
  class WithEmptyNeeds {
    @Test
    void aStepNeedsTheFirstApproval() {
      StepGraph graph = graph("look", "ok", "a", "b needs []");
      assertThat(graph.needsOf("b")).containsExactly("ok");
      assertThat(graph.canOverlap("a", "b")).isTrue();
    }

    @Test
    void aStepNeedsNoLaterApproval() {
      assertThat(graph("ok", "a", "ok-again", "b needs []").needsOf("b")).containsExactly("ok");
    }

    @Test
    void aStepBeforeTheApprovalNeedsNothing() {
      assertThat(graph("look", "see needs []", "ok").needsOf("see")).isEmpty();
    }

    @Test
    void theApprovalItselfNeedsNothing() {
      assertThat(graph("look", "ok needs []").needsOf("ok")).isEmpty();
    }

    @Test
    void aStepNeedsNothingWhereNobodyIsAsked() {
      assertThat(graph("a", "b needs []").needsOf("b")).isEmpty();
    }
  }

  @Nested
  class WhenStepsAreLeftOut {
    @Test
    void whatNeededThemInheritsTheirNeeds() {
      StepGraph graph = without(graph("a", "b", "c"), "b");
      assertThat(graph.needsOf("c")).containsExactly("a");
      assertThat(graph.isBefore("a", "c")).isTrue();
      assertThat(graph.has("b")).isFalse();
    }

    @Test
    void needsAreInheritedThroughSeveralOfThem() {
      assertThat(without(graph("a", "b", "c", "d", "e"), "b", "c", "d").needsOf("e"))
          .containsExactly("a");
    }

    @Test
    void needsAreInheritedFromEachSide() {
      StepGraph graph = graph("a", "b needs []", "c needs [a, b]", "d");
      assertThat(without(graph, "c").needsOf("d")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aNeedInheritedTwiceIsOne() {
      StepGraph graph = graph("a", "b needs [a]", "c needs [a]", "d needs [b, c]");
      assertThat(without(graph, "b", "c").needsOf("d")).containsExactly("a");
    }

    @Test
    void nothingIsInheritedFromTheFirst() {
      assertThat(without(graph("a", "b"), "a").needsOf("b")).isEmpty();
    }

    @Test
    void branchesStillOverlap() {
      StepGraph graph = graph("ok", "a", "b needs [ok]", "c needs [a]", "d needs [b]");
      StepGraph left = without(graph, "ok", "a");
      assertThat(left.canOverlap("c", "d")).isTrue();
      assertThat(left.needsOf("d")).containsExactly("b");
    }

    @Test
    void aStepWrittenBelowIsInheritedToo() {
      StepGraph graph = graph("a needs [b]", "b needs [c]", "c needs []");
      assertThat(without(graph, "b").needsOf("a")).containsExactly("c");
    }

    @Test
    void allOfThemMayBe() {
      assertThat(graph("a", "b").only(step -> false).steps()).isEmpty();
    }
  }

  @Nested
  class ACycle {
    @Test
    void isThereWhereStepsWaitForEachOther() {
      assertThat(graph("a needs [b]", "b").cycle()).hasSize(3).contains("a", "b");
    }

    @Test
    void beginsAndEndsWithTheSameStep() {
      List<String> cycle = graph("x", "a needs [c]", "b", "c", "y").cycle();
      assertThat(cycle.getFirst()).isEqualTo(cycle.getLast());
      assertThat(cycle).containsOnly("a", "b", "c");
    }

    @Test
    void goesFromAStepToOneThatNeedsIt() {
      StepGraph graph = graph("a needs [c]", "b", "c");
      List<String> cycle = graph.cycle();
      IntStream.range(1, cycle.size())
          .forEach(i -> assertThat(graph.needsOf(cycle.get(i))).contains(cycle.get(i - 1)));
    }

    @Test
    void isThereWhereAStepNeedsItself() {
      assertThat(graph("a", "b needs [b]").cycle()).containsExactly("b", "b");
    }

    @Test
    void isNotThereWhereTwoWaysMeetAgain() {
      assertThat(graph("a", "b needs [a]", "c needs [a]", "d needs [b, c]").cycle()).isEmpty();
    }

    @Test
    void keepsAllStepsInTheOrder() {
      assertThat(order(graph("a", "b needs [c]", "c needs [b]", "d needs [a]")))
          .containsExactly("a", "d", "b", "c");
    }

    @Test
    void leavesTheOrderUnknownForItsStepsAndWhatFollows() {
      StepGraph graph = graph("a", "b needs [c]", "c needs [b]", "d", "e needs [a]");
      assertThat(Stream.of("a", "b", "c", "d", "e").filter(graph::isOrderKnown))
          .containsExactly("a", "e");
    }
  }

  @Nested
  class AnUnknownNeed {
    @Test
    void countsForNothing() {
      assertThat(graph("a", "b needs [a, zzz]").needsOf("b")).containsExactly("a");
    }

    @Test
    void leavesTheOrderUnknownForTheStepAndWhatFollows() {
      StepGraph graph = graph("a", "b needs [zzz]", "c", "d needs [a]");
      assertThat(Stream.of("a", "b", "c", "d").filter(graph::isOrderKnown))
          .containsExactly("a", "d");
    }
  }

  @Nested
  class TheOrder {
    @Test
    void putsEveryStepBehindWhatItNeeds() {
      StepGraph graph = graph("a needs [d]", "b needs []", "c needs [a, b]", "d needs [b]");
      assertThat(order(graph)).containsExactly("b", "d", "a", "c");
    }

    @Test
    void isAsWrittenWhereAnythingGoes() {
      assertThat(order(graph("c", "b needs []", "a needs []"))).containsExactly("c", "b", "a");
    }

    @Test
    void keepsTheFirstOfTwoStepsWithOneId() {
      StepGraph graph = graph("a", "b", "a", "c");
      assertThat(order(graph)).containsExactly("a", "b", "c");
      assertThat(graph.needsOf("a")).isEmpty();
    }
  }

  /** Written as {@code dns} or {@code fence needs [dns]}; a name with {@code dns} moves traffic. */
  @Nested
  class FencesBeforeTraffic {
    private static Step step(String written) {
      String[] parts = written.split(" needs ", 2);
      String needs = parts.length == 1 ? "needs: []" : "needs: " + parts[1];
      String step =
          "{ id: %s, uses: %s, traffic: %s, fence: %s, with: {}, %s }"
              .formatted(
                  parts[0],
                  Kinds.of(Verify.Tcp.class).name(),
                  parts[0].contains("dns"),
                  parts[0].contains("fence"),
                  needs);
      return Binder.bind(PlanReader.fields(step), Step.class, "").value().orElseThrow();
    }

    private static List<String> before(String step, String... steps) {
      StepGraph graph = StepGraph.of(Stream.of(steps).map(FencesBeforeTraffic::step).toList());
      return graph.fencesBefore(graph.step(step)).stream().map(Step::id).toList();
    }

    @Test
    void areWaitedForAlsoWhereTheyAreNotNeeded() {
      assertThat(before("dns", "fence", "dns")).containsExactly("fence");
      assertThat(before("dns", "fence", "dns needs [fence]")).containsExactly("fence");
    }

    @Test
    void areNotWaitedForBehindTraffic() {
      assertThat(before("dns", "dns", "fence needs [dns]")).isEmpty();
      assertThat(before("dns-b", "dns-a", "fence needs [dns-a]", "dns-b")).isEmpty();
      assertThat(before("dns-b", "dns-a", "fence needs [dns-a]", "dns-b needs [fence]"))
          .containsExactly("fence");
    }

    @Test
    void areOfNoConcernToOtherStepsAndToEachOther() {
      assertThat(before("look", "fence", "look")).isEmpty();
      assertThat(before("fence-dns", "fence", "fence-dns")).isEmpty();
    }
  }

  @Test
  void refusesToNameAStepItDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph("a").step("b"))
        .withMessage("The plan has no step 'b'.");
    assertThat(graph("a").isBefore("b", "a")).isFalse();
    assertThat(graph("a").isBefore("a", "b")).isFalse();
  }

  @Nested
  class AThousandSteps {
    private final String[] chain =
        IntStream.range(0, 1_000).mapToObj("s%d"::formatted).toArray(String[]::new);

    @Test
    void mayWaitForOneAnotherInARow() {
      StepGraph graph = graph(chain);
      assertThat(order(graph)).containsExactly(chain);
      assertThat(graph.isBefore("s0", "s999")).isTrue();
      assertThat(graph.cycle()).isEmpty();
    }

    @Test
    void mayBeACircle() {
      String[] circle = chain.clone();
      circle[0] = "s0 needs [s999]";
      assertThat(graph(circle).cycle()).hasSize(1_001);
    }

    @Test
    void mayAllBeLeftOutButTheEnds() {
      StepGraph ends = graph(chain).only(step -> step.id().matches("s0|s999"));
      assertThat(ends.needsOf("s999")).containsExactly("s0");
    }

    @Test
    void mayNeedAllThatAreAboveThem() {
      String[] steps = new String[400];
      for (int i = 0; i < steps.length; i++) {
        steps[i] =
            "s%d needs %s".formatted(i, IntStream.range(0, i).mapToObj("s%d"::formatted).toList());
      }
      List<Step> section = Stream.of(steps).map(StepGraphTest::step).toList();
      Duration took =
          Stopwatch.time(() -> assertThat(StepGraph.of(section).isBefore("s0", "s399")).isTrue());
      assertThat(took).isLessThan(Duration.ofSeconds(1));
    }
  }
}
