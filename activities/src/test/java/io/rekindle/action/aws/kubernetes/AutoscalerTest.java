package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.aws.StepDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A count that a HorizontalPodAutoscaler would take back is no count. */
class AutoscalerTest extends Scaled {
  @Override
  protected void world() {
    here().deployment("shop", "web", 1);
    here().autoscaler("shop", "web", "web", 1, 2);
  }

  @Test
  void moreThanTheLimitsAllowWouldBeTakenBack() {
    given();
    assertThat(why(step().observe()))
        .isEqualTo(
            "the HorizontalPodAutoscaler web lets "
                + IT
                + " run 1 to 2 replicas and would take a count of 3 back: give the step limits that"
                + " allow it (retry --set autoscaler='{\"name\": \"web\", \"min\": 1, \"max\":"
                + " 3}')");
    assertThat(step().check().ready()).isFalse();
    assertThat(changes()).isEmpty();
  }

  @Test
  void aWorkloadOfNoReplicasItLeavesAlone() {
    given();
    StepDriver fence = step(to(0));
    fence.settled();
    pass(Duration.ofHours(1));
    assertThat(here().replicas("shop", "web")).isZero();
    assertThat(changes()).containsExactly("update deployments/scale");
  }

  @Test
  void aCountWithinItsLimitsItMayMove() {
    given();
    StepDriver step = step(to(3, ", autoscaler: { name: 'web', min: 2, max: 10 }"));
    step.settled();
    here().scale("shop", "web", 6);
    assertThat(step.settled().outputs()).containsEntry("running", "6");
    here().scale("shop", "web", 2);
    assertThat(step.settled().outputs()).containsEntry("running", "2");
    step.undo();
    assertThat(here().replicas("shop", "web")).isEqualTo(1);
  }

  @Test
  void remembersWhatItWasAlthoughTheNewLimitsMovedTheCount() {
    given();
    StepDriver step = step(to(3, ", autoscaler: { name: 'web', min: 3, max: 10 }"));
    step.apply(step.due());
    pass(Duration.ofMinutes(1));
    assertThat(here().replicas("shop", "web")).isEqualTo(3);
    assertThat(step.settled().outputs()).containsEntry("formerReplicas", "1");
    step.undo();
    pass(Duration.ofMinutes(1));
    assertThat(here().replicas("shop", "web")).isEqualTo(1);
  }

  @Test
  void aDrillNarrowsNoLimits() {
    instantly(() -> {
      here().deployment("shop", "web", 4);
      here().autoscaler("shop", "web", "web", 4, 20);
    });
    StepDriver drill = step(to(3, ", autoscaler: { name: 'web', min: 3, max: 10 }")).drill();
    assertThat(drill.settled().outputs()).containsEntry("running", "4");
    assertThat(changes()).isEmpty();
  }

  @Test
  void oneThatGovernsSomethingElseIsNotTheOne() {
    given();
    assertThat(why(step(to(3, ", autoscaler: { name: 'api', min: 3, max: 9 }")).observe()))
        .isEqualTo(
            "the HorizontalPodAutoscaler api does not set the replicas of " + IT + "; web does");
  }

  @Test
  void twoThatQuarrelAreNotJoinedByAThird() {
    given();
    here().autoscaler("shop", "other", "web", 5, 9);
    assertThat(why(step().observe()))
        .isEqualTo(
            "the HorizontalPodAutoscalers web and other quarrel about "
                + IT
                + ": delete all but one");
  }
}
