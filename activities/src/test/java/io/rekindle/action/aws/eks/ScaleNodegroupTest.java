package io.rekindle.action.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.simulator.fault.Aim;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eks.EksClient;

class ScaleNodegroupTest extends ActionContract<Eks.ScaleNodegroup> {
  private static final Duration TIME = Duration.ofMinutes(6);
  private static final String UPDATE = "UpdateNodegroupConfig";

  private final EksWorld here = new EksWorld(in(HERE, EksClient::builder));

  @Override
  protected ActionHandler<Eks.ScaleNodegroup> handler() {
    return new ScaleNodegroup();
  }

  @Override
  protected String with() {
    return "{ cluster: 'shop', nodegroup: 'web', min: 2, max: 8, desired: 3 }";
  }

  @Override
  protected void world() {
    here.group(0, 1, 0);
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private static String waiting(StepDriver step) {
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    return waiting.getOriginalMessage();
  }

  private StepDriver begun() {
    given();
    lasts(UPDATE, TIME);
    StepDriver step = step();
    step.apply(step.due());
    return step;
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerSizes() {
    given();
    assertThat(step().due())
        .isEqualTo(new Due("scale", Map.of("min", "0", "max", "1", "desired", "0")));
  }

  @Test
  void waitsForTheUpdateAndThenForItsInstances() {
    StepDriver step = begun();
    assertThat(waiting(step)).contains("node group web", "is 'UPDATING'");
    pass(TIME.dividedBy(3));
    assertThat(waiting(step)).contains("runs 0 of 3 instances");
    pass(TIME.dividedBy(3));
    assertThat(waiting(step)).contains("runs 1 of 3 instances");
    pass(TIME.dividedBy(3));
    assertThat(step.settled().outputs())
        .containsEntry("running", "3")
        .containsEntry("formerDesired", "0");
  }

  @Test
  void aRunningUpdateIsNeverAskedForTwice() {
    StepDriver step = begun();
    step.applyAgain(new Due("scale", Map.of("min", "0", "max", "1", "desired", "0")));
    assertThat(changes()).containsExactly(UPDATE);
  }

  @Test
  void anUpdateWhoseAnswerWasLostIsFoundAgainByItsSizes() {
    given();
    lasts(UPDATE, TIME);
    StepDriver step = step().withoutReceipts();
    step.apply(step.due());
    assertThat(waiting(step)).contains("is 'UPDATING'");
    assertThat(step.settled().outputs()).containsEntry("running", "3");
    assertThat(changes()).containsExactly(UPDATE);
  }

  @Test
  void somebodyElsesUpdateComesFirst() {
    given();
    lasts(UPDATE, TIME);
    here.resize(0, 2, 1);
    StepDriver step = step();
    assertThat(waiting(step)).contains("is 'UPDATING'");
    step.apply(new Due("scale", Map.of()));
    assertThat(changes()).isEmpty();
    step.settled();
    assertThat(here.sizes()).isEqualTo(new Sizes(2, 8, 3));
  }

  @Test
  void whatEksRefusesBecauseItIsBusyIsWaitedFor() {
    given();
    StepDriver step = step();
    Due due = step.due();
    SimulatedAws.aws()
        .faults()
        .refuse(Aim.at("eks", UPDATE).times(1), 409, "ResourceInUseException", "busy");
    ApplicationFailure busy = catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(busy.getType()).isEqualTo(Failures.IN_PROGRESS);
    step.settled();
  }

  @Test
  void anUpdateThatFailedSaysWhy() {
    given();
    endsAs(UPDATE, "Failed");
    assertThat(why(step().reconcile()))
        .contains("is 'Failed': NodeCreationFailure, Couldn't proceed", "retry --anew");
    assertThat(changes()).containsExactly(UPDATE);
    assertThat(here.sizes()).isEqualTo(new Sizes(0, 1, 0));
  }

  @Test
  void startingOverAfterAFailureIsAnotherUpdate() {
    given();
    endsAs(UPDATE, "Failed");
    step().reconcile();
    endsAs(UPDATE, "");
    step().generation(2).settled();
    assertThat(changes()).containsExactly(UPDATE, UPDATE);
  }

  @Test
  void anUpdateThatWasCancelledIsOver() {
    given();
    endsAs(UPDATE, "Cancelled");
    assertThat(why(step().reconcile())).contains("is 'Cancelled': EKS gives no reason");
  }

  @Test
  void instancesThatCannotBeLaunchedSayWhyAndThenAskAPerson() {
    StepDriver step = withoutCapacity();
    assertThat(waiting(step))
        .contains(
            "runs 0 of 3 instances; AsgInstanceLaunchFailures", "InsufficientInstanceCapacity");
    assertThat(why(step.after(Duration.ofMinutes(11)).observe()))
        .contains(
            "runs 0 of 3 instances and is 'DEGRADED'",
            "InsufficientInstanceCapacity",
            "scale a group of other instance types");
  }

  private StepDriver withoutCapacity() {
    given();
    endsAs(UPDATE, "DEGRADED");
    StepDriver step = step();
    step.apply(step.due());
    pass(TIME);
    return step;
  }

  /** It stays degraded until it could launch something again. */
  @Test
  void aDegradedGroupCanBeScaled() {
    withoutCapacity();
    endsAs(UPDATE, "");
    here.resize(0, 1, 0);
    pass(TIME);
    endsAs("CreateNodegroup", "DEGRADED");
    assertThat(step().settled().outputs()).containsEntry("running", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE_FAILED", "DELETE_FAILED", "DELETING"})
  void whatCannotBeScaledAsksAPerson(String status) {
    given();
    endsAs("CreateNodegroup", status);
    assertThat(why(step().observe())).contains("is '" + status + "'");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aGroupThatIsBeingMadeIsWaitedFor() {
    given();
    endsAs("CreateNodegroup", "CREATING");
    assertThat(waiting(step())).contains("is 'CREATING'");
  }

  @Test
  void asksWhenThereIsNoGroup() {
    assertThat(why(step().observe()))
        .isEqualTo("the node group web of the EKS cluster shop in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void leavesAloneWhatAClusterAutoscalerMoved() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.resize(2, 8, 5));
    assertThat(step.changedAgo(Duration.ofMinutes(2)).settled().outputs())
        .containsEntry("running", "5");
    assertThat(changes()).containsExactly(UPDATE);
    step.undo();
    assertThat(here.sizes()).isEqualTo(new Sizes(0, 1, 0));
  }

  @Test
  void whatIsSoAlreadyIsSettled() {
    instantly(() -> here.group(2, 8, 3));
    assertThat(step().settled().outputs()).containsEntry("formerDesired", "3");
    assertThat(changes()).isEmpty();
  }

  @Test
  void scalingDownWaitsUntilTheInstancesAreGone() {
    instantly(() -> here.group(2, 8, 4));
    lasts(UPDATE, TIME);
    StepDriver step = step("{ cluster: 'shop', nodegroup: 'web', min: 0, max: 1, desired: 0 }");
    step.apply(step.due());
    pass(TIME.dividedBy(2));
    assertThat(waiting(step)).contains("runs 3 of 0 instances");
    assertThat(step.settled().outputs()).containsEntry("running", "0");
  }

  @Test
  void aDrillTakesNothingAwayFromWhatRuns() {
    instantly(() -> here.group(3, 9, 4));
    assertThat(step().drill().settled().outputs()).containsEntry("running", "4");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aDrillPutsTheFormerSizesBack() {
    instantly(() -> here.group(1, 4, 1));
    StepDriver step = step().drill();
    step.settled();
    assertThat(here.sizes()).isEqualTo(new Sizes(2, 8, 3));
    step.undo();
    assertThat(here.sizes()).isEqualTo(new Sizes(1, 4, 1));
  }

  @Test
  void undoWaitsForTheUpdateThatStillRuns() {
    StepDriver step = begun();
    ApplicationFailure waiting =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    step.undo();
    assertThat(here.sizes()).isEqualTo(new Sizes(0, 1, 0));
  }

  @Test
  void undoSaysThatAGroupCannotBePutBack() {
    given();
    StepDriver step = step();
    step.settled();
    endsAs("CreateNodegroup", "DELETE_FAILED");
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.getOriginalMessage()).contains("is 'DELETE_FAILED'");
    endsAs("CreateNodegroup", "DELETING");
    step.undo();
    assertThat(changes()).containsExactly(UPDATE);
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.resize(5, 9, 7));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has changed ", "by hand (min 0, max 1, desired 0)");
  }

  @Test
  void anUpdateThatEksDoesNotShowYetIsNoFailure() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    pass(TIME);
    SimulatedAws.aws()
        .faults()
        .refuse(Aim.at("eks", "DescribeUpdate").times(1), 404, "ResourceNotFoundException", "no");
    assertThat(step.settled().outputs()).containsEntry("running", "3");
  }

  @Test
  void theCheckSaysWhatRuns() {
    given();
    assertThat(step().check().evidence())
        .isEqualTo(
            "the node group web of the EKS cluster shop in us-west-2 is 'ACTIVE' with min 0, max 1,"
                + " desired 0 and runs 0 instances; it can be set to min 2, max 8, desired 3");
  }
}
