package io.rekindle.action.aws;

import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.simulator.Call;
import java.time.Duration;
import java.util.List;

/** A handler at work in a world of its own on an emulator of AWS. */
public abstract class ActionWorld<A extends Action> extends HandlerOnSimulatedAws<A> {
  protected static final String THERE = "us-east-2";

  /** Makes a world in which the step has everything to do. */
  protected abstract void world();

  protected final void given() {
    instantly(this::world);
  }

  /** Prepares the world without letting anything take its time. */
  protected final void instantly(Runnable preparation) {
    SimulatedAws.aws()
        .tempo()
        .instantly(() -> {
          preparation.run();
          return true;
        });
  }

  /** From now on what this operation begins takes so long. */
  protected final void lasts(String operation, Duration time) {
    SimulatedAws.aws().tempo().lasts(operation, time);
  }

  /** From now on what this operation begins ends in that state. */
  protected final void endsAs(String operation, String state) {
    SimulatedAws.aws().tempo().endsAs(operation, state);
  }

  protected static void pass(Duration time) {
    SimulatedAws.pass(time);
  }

  /** AWS refuses this operation from now on. */
  protected final void refuse(String operation, String code) {
    SimulatedAws.refuse(operation, code, Integer.MAX_VALUE);
  }

  /** AWS refuses this operation the next time. */
  protected final void refuseOnce(String operation, String code) {
    SimulatedAws.refuse(operation, code, 1);
  }

  private boolean isChange(Call call) {
    return declared(Need.LOOK)
        .noneMatch(permission -> permission.action().equals(IamAction.of(call)));
  }

  /** What was changed so far, as operations; by a kind that changes something else, as that. */
  protected List<String> changes() {
    return SimulatedAws.calls().stream()
        .filter(Call::isDone)
        .filter(this::isChange)
        .map(Call::operation)
        .toList();
  }

  @Override
  boolean mayUse(Permission permission) {
    return true;
  }

  @Override
  boolean isUsedByAws(Permission permission) {
    return permission.need() == Need.IMPLIED;
  }

  @Override
  boolean showsAll() {
    return false;
  }
}
