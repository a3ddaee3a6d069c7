package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.simulator.Call;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The laws that every handler obeys, tried on an emulator of AWS. */
public abstract class ActionContract<A extends Action> extends ActionWorld<A> {
  /** Slow enough for a first look at the emulator to come before AWS must show a change. */
  private static final Pace SLOW_ENOUGH = new Pace(0.05);

  private static final Duration FOR_EVER = Duration.ofHours(1);

  @Override
  final boolean showsAll() {
    return true;
  }

  /** Makes something of somebody else's that stands in the way of a step that gives names. */
  protected void inTheWay() {
    throw new UnsupportedOperationException("Nothing can stand in its way.");
  }

  /** Calls that are safe to make again although they change something. */
  protected Set<String> repeatable() {
    return Set.of();
  }

  /** Calls that the SDK must not repeat, because no guard of AWS's makes one of two. */
  protected Set<String> sentOnce() {
    return Set.of();
  }

  /** From now on what answers this change does not arrive. */
  protected void loseAnswers(Due due) {
    operationsOf(due.change()).forEach(SimulatedAws::loseAnswer);
  }

  /** From now on answers arrive. */
  protected void mend() {
    SimulatedAws.mend();
  }

  /** The step as a drill performs it. */
  protected StepDriver drill() {
    return step().drill();
  }

  /** The Region that is asked for its changes. */
  protected String asked() {
    return HERE;
  }

  protected void assertUndone(Due first, Observation after) {
    assertThat(after).isEqualTo(first);
  }

  private List<String> changesBut(Set<String> operations) {
    return changes().stream().filter(operation -> !operations.contains(operation)).toList();
  }

  private List<String> operationsOf(String change) {
    return declared(Need.CHANGE)
        .filter(each -> each.change().equals(change))
        .map(ActionContract::operation)
        .toList();
  }

  private static String operation(Permission permission) {
    return IamAction.operation(permission.action());
  }

  @Test
  void looksChangeNothing() {
    given();
    StepDriver step = step();
    step.observe();
    Readiness readiness = step.check();
    assertThat(readiness.ready()).as(readiness.evidence()).isTrue();
    assertThat(changes()).isEmpty();
  }

  @Test
  void everyChangeIsMadeOnce() {
    given();
    StepDriver step = step();
    while (step.look() instanceof Due due) {
      step.apply(due);
      List<String> once = changes();
      step.apply(due);
      assertThat(changes()).as("applied again").isEqualTo(once);
    }
    assertThat(step.look()).isInstanceOf(Observation.Settled.class);
  }

  @Test
  void settlesWithWhatItDeclares() {
    given();
    assertThat(step().settled().outputs().keySet())
        .containsExactlyInAnyOrderElementsOf(kind().outputNames());
  }

  @Test
  void changesNothingOnceSettled() {
    given();
    StepDriver step = step();
    Due first = step.due();
    step.settled();
    List<String> before = changes();
    step.apply(first);
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void adoptsWhatALostAnswerLeftBehind() {
    given();
    StepDriver step = step();
    while (step.look() instanceof Due due) {
      loseAnswers(due);
      ApplicationFailure lost =
          catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
      assertThat(lost).as("the answer to " + due.change() + " was lost").isNotNull();
      assertThat(lost.isNonRetryable()).isFalse();
      assertThat(lost.getType()).isEqualTo(Failures.UNREACHABLE);
      mend();
      List<String> before = changesBut(repeatable());
      assertThat(changes()).isNotEmpty();
      step.applyPatiently(due);
      assertThat(changesBut(repeatable())).as("applied again").isEqualTo(before);
    }
    assertThat(step.look()).isInstanceOf(Observation.Settled.class);
  }

  /** AWS is consistent only in the end. */
  @Test
  void whatAwsDoesNotShowYetIsWaitedForAndNotMadeAgain() {
    given();
    StepDriver step = step(with(), SLOW_ENOUGH);
    SimulatedAws.lag(FOR_EVER);
    while (step.look() instanceof Due due) {
      step.applyPatiently(due);
      assertThat(blind(step)).as("after " + due.change()).isNotEqualTo(due.change());
      SimulatedAws.lag(FOR_EVER);
    }
    SimulatedAws.lag(Duration.ZERO);
    assertThat(step.look()).isInstanceOf(Observation.Settled.class);
  }

  /** The change that is due to a look at what was so before the last one; empty for none. */
  private static String blind(StepDriver step) {
    try {
      Observation seen = step.observe();
      assertThat(seen).isNotInstanceOfAny(Observation.Broken.class, Observation.Foreign.class);
      return seen instanceof Due due ? due.change() : "";
    } catch (ApplicationFailure waiting) {
      assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
      return "";
    }
  }

  @Test
  void whatNoGuardOfAwsProtectsTheSdkDoesNotRepeat() {
    assumeThat(sentOnce()).isNotEmpty();
    given();
    StepDriver step = step();
    while (step.look() instanceof Due due) {
      Set<String> once = sentOnce();
      operationsOf(due.change()).stream()
          .filter(once::contains)
          .forEach(SimulatedAws::loseAnswerOnce);
      try {
        step.applyPatiently(due);
      } catch (ApplicationFailure lost) {
        assertThat(lost.getType()).isEqualTo(Failures.UNREACHABLE);
      }
      SimulatedAws.mend();
    }
    sentOnce()
        .forEach(operation ->
            assertThat(SimulatedAws.calls().stream().map(Call::operation))
                .containsOnlyOnce(operation));
  }

  /** What no guard protects the SDK must not repeat. */
  @Test
  void aRepetitionByTheSdkIsNoFailure() {
    assumeThat(kind().facts().guard()).isNotEqualTo(Guard.NONE);
    given();
    StepDriver step = step();
    while (step.look() instanceof Due due) {
      operationsOf(due.change()).stream()
          .filter(operation -> !sentOnce().contains(operation))
          .forEach(SimulatedAws::loseAnswerOnce);
      step.applyPatiently(due);
      SimulatedAws.mend();
    }
    assertThat(step.look()).isInstanceOf(Observation.Settled.class);
    if (kind().facts().undo() == Undo.PUTS_BACK) {
      declared(Need.UNDO)
          .map(ActionContract::operation)
          .distinct()
          .forEach(SimulatedAws::loseAnswerOnce);
      assertThatNoException().isThrownBy(step::undo);
    }
  }

  @Test
  void anAttemptThatIsTooLateAsksNothing() {
    given();
    StepDriver step = step();
    Due due = step.due();
    int before = SimulatedAws.calls().size();
    ApplicationFailure late =
        catchThrowableOfType(ApplicationFailure.class, () -> step.applyLate(due));
    assertThat(late.getType()).isEqualTo("OutOfTime");
    assertThat(late.isNonRetryable()).isFalse();
    assertThat(SimulatedAws.calls()).hasSize(before);
  }

  @Test
  void leavesAloneWhatIsNotOurs() {
    assumeThat(kind().facts().guard()).isEqualTo(Guard.NAME);
    given();
    StepDriver step = step();
    Due due = step.due();
    instantly(this::inTheWay);
    assertThat(step.look()).isInstanceOf(Observation.Foreign.class);
    step.apply(due);
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(changes()).isEmpty();
  }

  @Test
  void undoGoesBackAndRepeats() {
    assumeThat(kind().facts().undo()).isIn(Undo.DELETES_OURS, Undo.PUTS_BACK);
    given();
    StepDriver step = step();
    Due first = step.due();
    step.settled();
    step.undo();
    assertUndone(first, step.look());
    List<String> before = changes();
    assertThatNoException().isThrownBy(step::undo);
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void aDrillTakesAwayAlsoWhatItHasForgotten() {
    assumeThat(kind().makesCopiesInDrills()).isTrue();
    given();
    StepDriver drill = drill();
    Due first = drill.due();
    drill.settled();
    drill.forgetting().undo();
    assertThat(drill.due().change()).isEqualTo(first.change());
  }

  @Test
  void failuresSayWhatWasAskedAndWhere() {
    given();
    StepDriver step = step();
    Due due = step.due();
    for (String operation : operationsOf(due.change())) {
      refuse(operation, "AccessDenied");
    }
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .contains(kind().name(), "AccessDenied", "step 'it'")
        .containsAnyOf(operationsOf(due.change()).toArray(String[]::new));
    if (!kind().isGlobal()) {
      assertThat(failure.getOriginalMessage()).contains(asked());
    }
  }
}
