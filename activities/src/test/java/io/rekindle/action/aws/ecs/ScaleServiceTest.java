package io.rekindle.action.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Ecs;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class ScaleServiceTest extends ActionContract<Ecs.ScaleService> {
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final String TO_NOTHING = "{ cluster: 'shop', service: 'web', desired: 0 }";
  private static final String TO_FOUR = "{ cluster: 'shop', service: 'web', desired: 4 }";

  private final EcsWorld here =
      new EcsWorld(
          in(HERE, EcsClient::builder),
          in(HERE, EcrClient::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, ElasticLoadBalancingV2Client::builder),
          in(HERE, ApplicationAutoScalingClient::builder));

  @Override
  protected ActionHandler<Ecs.ScaleService> handler() {
    return new ScaleService();
  }

  @Override
  protected String with() {
    return """
    { cluster: 'shop', service: 'web', desired: 4, minHealthyTargets: 2,
      autoscaling: { min: 2, max: 12 } }\
    """;
  }

  @Override
  protected void world() {
    here.push();
    here.service(1);
    here.limits(0, 1);
  }

  private void withoutLimits() {
    instantly(() -> here.service(1));
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsHowTheServiceRan() {
    given();
    String former = here.look().taskDefinition();
    StepDriver step = step();
    Due limits = step.due();
    assertThat(limits)
        .isEqualTo(
            new Due(
                "limits",
                Map.of(
                    "desired",
                    "1",
                    "taskDefinition",
                    former,
                    "failedTasks",
                    "0",
                    "min",
                    "0",
                    "max",
                    "1")));
    step.apply(limits);
    assertThat(step.look())
        .isEqualTo(
            new Due(
                "scale",
                Map.of(
                    "desired",
                    "1",
                    "taskDefinition",
                    former,
                    "failedTasks",
                    "0",
                    "min",
                    "2",
                    "max",
                    "12")));
  }

  @Test
  void takesItsTimeAndSaysHowFarItIs() {
    withoutLimits();
    lasts("UpdateService", TIME);
    StepDriver step = step(TO_FOUR);
    step.apply(step.due());
    ApplicationFailure underWay = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(underWay.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(underWay.getOriginalMessage()).contains("runs 1 of 4 tasks", "shop", HERE);
    assertThat(step.settled().outputs())
        .containsEntry("running", "4")
        .containsEntry("formerDesired", "1");
  }

  @Test
  void aFenceHoldsOnlyWhenTheLastTaskHasStopped() {
    given();
    lasts("UpdateService", TIME);
    StepDriver step = step(TO_NOTHING);
    step.apply(step.due());
    pass(TIME.dividedBy(2));
    assertThat(here.look().runningCount()).isZero();
    ApplicationFailure stopping = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(stopping.getOriginalMessage()).contains("stopping");
    assertThat(step.settled().outputs()).containsEntry("running", "0");
  }

  @Test
  void waitsUntilEnoughTargetsAreHealthy() {
    withoutLimits();
    endsAs("DescribeTargetHealth", "unhealthy");
    StepDriver step = step("{ cluster: 'shop', service: 'web', desired: 4, minHealthyTargets: 2 }");
    step.apply(step.due());
    pass(Duration.ofMinutes(10));
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getOriginalMessage())
        .startsWith("0 targets of ")
        .endsWith(" are healthy; 2 must be");
    endsAs("DescribeTargetHealth", "healthy");
    step.settled();
  }

  @Test
  void tasksThatCannotStartSayWhy() {
    withoutLimits();
    endsAs("UpdateService", "FAILED");
    assertThat(why(step(TO_FOUR).reconcile()))
        .contains(
            "CannotPullContainerError",
            "unable to consistently start",
            "keep stopping; 1 of 4 run: ",
            "Fix that, let ECS retry",
            "then retry");
  }

  @Test
  void anOldFailureDoesNotCountAgainstANewCount() {
    withoutLimits();
    endsAs("UpdateService", "FAILED");
    instantly(() -> here.scale(3));
    lasts("UpdateService", TIME);
    StepDriver step = step(TO_FOUR);
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getType())
        .isEqualTo(Failures.IN_PROGRESS);
  }

  @Test
  void aDeploymentThatFailedSaysWhy() {
    given();
    endsAs("UpdateService", "FAILED");
    assertThat(why(step(deploying(here.taskDefinition())).reconcile()))
        .contains("CannotPullContainerError", "circuit breaker");
  }

  @Test
  void putsTheFormerTaskDefinitionBack() {
    given();
    String former = here.look().taskDefinition();
    String next = here.taskDefinition();
    StepDriver step = step(deploying(next));
    assertThat(step.check().ready()).isTrue();
    assertThat(step.settled().outputs()).containsEntry("taskDefinition", next);
    step.undo();
    assertThat(here.look().taskDefinition()).isEqualTo(former);
    assertThat(here.look().desiredCount()).isEqualTo(1);
  }

  private static String deploying(String taskDefinition) {
    return """
    { cluster: 'shop', service: 'web', desired: 1, taskDefinition: '%s',
      taskRoles: ['arn:aws:iam::123456789012:role/web'] }\
    """
        .formatted(taskDefinition);
  }

  @Test
  void saysThatATaskDefinitionIsMissing() {
    given();
    String missing = here.look().taskDefinition().replaceFirst(":1$", ":7");
    assertThat(step(deploying(missing)).check().evidence())
        .isEqualTo("the task definition " + missing + " does not exist");
  }

  @Test
  void doesNotQuarrelWhenEcsRollsBack() {
    given();
    String former = here.look().taskDefinition();
    StepDriver step = step(deploying(here.taskDefinition()));
    step.settled();
    here.ecs().updateService(it -> it.cluster("shop").service("web").taskDefinition(former));
    assertThat(why(step.look())).contains("restored to " + former, "start over (retry --anew)");
  }

  @Test
  void remembersWhatItWasAlthoughTheNewLimitsMovedTheCount() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    instantly(() -> here.scale(2));
    assertThat(step.settled().outputs()).containsEntry("formerDesired", "1");
    step.undo();
    assertThat(here.look().desiredCount()).isEqualTo(1);
  }

  @Test
  void leavesMoreTasksAloneThatTheLimitsAllow() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.scale(6));
    assertThat(step.settled().outputs()).containsEntry("running", "6");
    step.undo();
    assertThat(here.look().desiredCount()).isEqualTo(1);
    assertThat(here.limits().getFirst().maxCapacity()).isEqualTo(1);
  }

  @Test
  void takesLimitsAwayThatWereNotThere() {
    withoutLimits();
    StepDriver step = step();
    step.settled();
    assertThat(here.limits()).hasSize(1);
    step.undo();
    assertThat(here.limits()).isEmpty();
  }

  @Test
  void aDrillTakesNothingAwayFromWhatRuns() {
    instantly(() -> here.service(3));
    StepDriver step = step("{ cluster: 'shop', service: 'web', desired: 1 }").drill();
    assertThat(step.settled().outputs()).containsEntry("running", "3");
    assertThat(changes()).isEmpty();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    withoutLimits();
    StepDriver step = step(TO_FOUR);
    step.settled();
    instantly(() -> here.scale(7));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has changed ", "restore it by hand (desired count 1, ");
  }

  @Test
  void asksWhenThereIsNoService() {
    assertThat(why(step(TO_FOUR).observe())).contains("does not exist");
    assertThat(step(TO_FOUR).check().ready()).isFalse();
  }

  @Test
  void asksWhenTheServiceHasNoTargets() {
    given();
    here.ecs()
        .createService(
            it -> it.cluster("shop").serviceName("batch").taskDefinition("web").desiredCount(0));
    assertThat(
            why(
                step("{ cluster: 'shop', service: 'batch', desired: 1, minHealthyTargets: 1 }")
                    .observe()))
        .contains("no target group");
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }
}
