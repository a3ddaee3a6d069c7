package io.rekindle.action.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Ecs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A count that Application Auto Scaling would take back is no count, and no fence. */
class ScalingLimitsTest extends Scaled {
  @Override
  protected void world() {
    here.service(2);
    here.limits(1, 3);
  }

  @Test
  void aFenceAtNothingIsNoneWhereTheLimitsWouldRestoreTasks() {
    given();
    StepDriver fence = step(to(0));
    assertThat(why(fence.observe()))
        .isEqualTo(
            "Application Auto Scaling lets the ECS service web in cluster shop (us-west-2) run 1 to"
                + " 3 tasks and would take a count of 0 back: give the step limits that allow it"
                + " (retry --set autoscaling='{\"min\": 0, \"max\": 3}')");
    assertThat(fence.check().ready()).isFalse();
    assertThat(changes()).isEmpty();
  }

  @Test
  void aFenceThatSetsTheLimitsHolds() {
    given();
    StepDriver fence =
        step("{ cluster: 'shop', service: 'web', desired: 0, autoscaling: { min: 0, max: 3 } }");
    assertThat(fence.settled().outputs()).containsEntry("running", "0");
    pass(Duration.ofHours(1));
    assertThat(here.look().desiredCount()).isZero();
    fence.undo();
    assertThat(here.look().desiredCount()).isEqualTo(2);
    assertThat(here.limits().getFirst().minCapacity()).isEqualTo(1);
  }

  @Test
  void aFenceIsNoneAnyMoreWhenLimitsComeLater() {
    instantly(() -> here.service(2));
    StepDriver fence = step(to(0));
    fence.settled();
    here.limits(1, 3);
    assertThat(why(fence.observe())).contains("1 to 3 tasks and would take a count of 0 back");
  }

  @Test
  void moreTasksThanTheLimitsAllowWouldBeTakenBackToo() {
    given();
    StepDriver step = step(to(4));
    assertThat(why(step.observe())).contains("autoscaling='{\"min\": 1, \"max\": 4}'");
    step.apply(Due.of(Ecs.ScaleService.Change.SCALE));
    assertThat(changes()).isEmpty();
  }
}
