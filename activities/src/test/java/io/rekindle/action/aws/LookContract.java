package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.simulator.Call;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The laws of handlers that only look. */
public abstract class LookContract<A extends Action> extends HandlerOnSimulatedAws<A> {
  /** Makes a world in which all is as it should be. */
  protected abstract void given() throws Exception;

  protected final ApplicationFailure failure(StepDriver step) {
    return catchThrowableOfType(ApplicationFailure.class, step::observe);
  }

  @Override
  final boolean mayUse(Permission permission) {
    return permission.need() == Need.LOOK;
  }

  /** A key of KMS is asked for by AWS itself. */
  @Override
  final boolean isUsedByAws(Permission permission) {
    return permission.action().startsWith("kms:");
  }

  @Test
  void isReadyWhereItWouldSettle() throws Exception {
    given();
    Readiness readiness = step().check();
    assertThat(readiness.ready()).as(readiness.evidence()).isTrue();
    assertThat(readiness.evidence()).isNotBlank();
  }

  @Test
  void settlesWithWhatItDeclares() throws Exception {
    given();
    assertThat(step().look())
        .isInstanceOfSatisfying(
            Settled.class,
            settled ->
                assertThat(settled.outputs().keySet())
                    .containsExactlyInAnyOrderElementsOf(kind().outputNames()));
  }

  @Test
  void thereIsNothingToMakeAndNothingToUndo() throws Exception {
    given();
    StepDriver step = step();
    step.undoOnce();
    assertThatThrownBy(() -> step.apply(new Due("anything", Map.of())))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("anything");
    assertThat(SimulatedAws.calls().stream().map(Call::operation)).isEmpty();
  }
}
