package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.aws.StepDriver;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** How a workload gets as many replicas as it shall have, and its former ones back. */
class ScaleTest extends Scaled {
  private StepDriver begun(String with) {
    given();
    StepDriver step = step(with);
    step.apply(step.due());
    return step;
  }

  @Test
  void takesItsTimeAndSaysHowFarItIs() {
    StepDriver step = begun(to(3));
    assertThat(waiting(step)).isEqualTo(IT + " is told to run 3 replicas");
    pass(TIME.dividedBy(2));
    assertThat(waiting(step)).isEqualTo(IT + " has 2 of 3 replicas ready");
    pass(TIME.dividedBy(2));
    assertThat(step.settled().outputs())
        .containsEntry("running", "3")
        .containsEntry("formerReplicas", "1");
  }

  @Test
  void aFenceHoldsOnlyWhenTheLastPodHasEnded() {
    StepDriver fence = begun(to(0));
    pass(TIME.dividedBy(4));
    assertThat(waiting(fence)).isEqualTo("1 pods of " + IT + " are ending");
    pass(TIME.dividedBy(4));
    assertThat(fence.settled().outputs()).containsEntry("running", "0");
  }

  @Test
  void fewerReplicasAreThereWhenTheOthersAreNoLongerCounted() {
    instantly(() -> here().deployment("shop", "web", 3));
    StepDriver step = step(to(2));
    step.apply(step.due());
    assertThat(waiting(step)).contains("is told to run 2");
    assertThat(step.settled().outputs()).containsEntry("running", "2");
  }

  @Test
  void podsOfAFormerTemplateAreNotTheOnesThatWereWanted() {
    instantly(() -> here().deployment("shop", "web", 3));
    here().rollOut("shop", "web");
    assertThat(waiting(step()))
        .isEqualTo(IT + " has 3 of 3 replicas ready; its rollout is in progress");
    pass(TIME);
    step().settled();
  }

  @Test
  void whatIsPausedIsScaledAllTheSame() {
    instantly(() -> here().deployment("shop", "web", 3));
    here().rollOut("shop", "web");
    here().pause("shop", "web");
    step().settled();
  }

  @Test
  void aStatefulSetIsScaledLikewise() {
    instantly(() -> here().statefulSet("shop", "web", 1));
    StepDriver step = step(to(3, ", kind: 'statefulSet'"));
    assertThat(step.settled().outputs()).containsEntry("running", "3");
    step.undo();
    assertThat(changes()).containsExactly("update statefulsets/scale", "update statefulsets/scale");
  }

  @Test
  void undoPutsTheFormerReplicasBackAndWaitsUntilNoneRuns() {
    instantly(() -> here().deployment("shop", "web", 0));
    StepDriver step = step();
    step.settled();
    ApplicationFailure restoring = catchThrowableOfType(ApplicationFailure.class, step::undoOnce);
    assertThat(restoring.getOriginalMessage()).isEqualTo("restoring the former count of " + IT);
    ApplicationFailure ending = catchThrowableOfType(ApplicationFailure.class, step::undoOnce);
    assertThat(ending.getOriginalMessage()).isEqualTo("3 pods of " + IT + " are ending");
    step.undo();
    assertThat(here().replicas("shop", "web")).isZero();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    here().scale("shop", "web", 7);
    ApplicationFailure refused = catchThrowableOfType(ApplicationFailure.class, step::undoOnce);
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .isEqualTo(
            "kubernetes.scale: somebody else has changed "
                + IT
                + " since; restore it by hand (replicas 1)");
  }

  @Test
  void aDrillTakesNothingAwayFromWhatRuns() {
    instantly(() -> here().deployment("shop", "web", 5));
    assertThat(step().drill().settled().outputs()).containsEntry("running", "5");
    assertThat(changes()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchWorkload() {
    assertThat(why(step().observe())).isEqualTo(IT + " does not exist");
    assertThat(step().check().evidence()).isEqualTo(IT + " does not exist");
  }

  @Test
  void theReadinessCheckSaysWhatRunsAndWhatCanBe() {
    given();
    assertThat(step().check().evidence())
        .isEqualTo(IT + " has 1 of 1 replicas ready and can be set to 3");
  }
}
