package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives an instance or a cluster another name. It keeps its resource id under every name; by that
 * it is known again.
 */
public record Renaming<T>(
    Work<?> work, Action.Change change, String from, String to, Register<T> register) {
  /** Who had the former name. */
  private record Former(String resourceId) {
    private boolean is(Named<?> found) {
      return resourceId.equals(found.resourceId());
    }
  }

  /** Where names are looked up. */
  public interface Register<T> {
    /** As people call one. */
    String noun();

    Optional<Named<T>> find(String name);

    void rename(String former, String other);
  }

  /**
   * What has a name.
   *
   * @param isAtRest whether nothing is done to it at present
   * @param isOnItsWay whether it is about to get another name
   */
  public record Named<T>(
      T it, String resourceId, State state, boolean isAtRest, boolean isOnItsWay) {}

  public Observation observe(Function<T, Action.Outputs> outputs) {
    Optional<Named<T>> renamed = register.find(to);
    Optional<Named<T>> former = register.find(from);
    if (renamed.isPresent() && (former.isEmpty() || isRenamedByUs(renamed.get()))) {
      return progress(renamed.get(), outputs);
    }
    if (renamed.isPresent()) {
      return new Foreign(
          "the name %s belongs to another %s: rename that first".formatted(to, register.noun()));
    }
    if (former.isEmpty()) {
      if (work.made(change).isPresent()) {
        throw work.underWay("RDS is still renaming " + from + " to " + to, Instances.LOOK);
      }
      return new Broken(
          "the %s %s does not exist in %s".formatted(register.noun(), from, work.call().region()));
    }
    if (former.get().isOnItsWay()) {
      throw work.underWay(
          "the " + register.noun() + " " + from + " is being renamed", Instances.LOOK);
    }
    return Due.of(change, new Former(former.get().resourceId()));
  }

  private boolean isRenamedByUs(Named<T> found) {
    return work.before(change, Former.class).filter(former -> former.is(found)).isPresent();
  }

  private Observation progress(Named<T> renamed, Function<T, Action.Outputs> outputs) {
    if (renamed.state().isBad() && !renamed.isAtRest()) {
      return new Broken(
          "the %s %s in %s %s"
              .formatted(register.noun(), to, work.call().region(), renamed.state().says()));
    }
    if (!renamed.isAtRest()) {
      throw work.underWay(
          "the %s %s %s".formatted(register.noun(), to, renamed.state().says()), Instances.LOOK);
    }
    return Settled.of(outputs.apply(renamed.it()));
  }

  public void apply(Due due) {
    Optional<Named<T>> former = register.find(from);
    if (former.isPresent()
        && due.before(Former.class).is(former.get())
        && !former.get().isOnItsWay()
        && register.find(to).isEmpty()) {
      register.rename(from, to);
    }
  }

  public void undo() {
    Optional<Named<T>> renamed = register.find(to).filter(this::isRenamedByUs);
    Optional<Named<T>> former = register.find(from);
    if (renamed.isEmpty()) {
      awaitFormer(former);
      return;
    }
    if (former.isPresent()) {
      throw work.refused(
          "the %s %s in %s cannot have its name %s back: another one now has it"
              .formatted(register.noun(), to, work.call().region(), from));
    }
    if (!renamed.get().isOnItsWay()) {
      register.rename(to, from);
    }
    throw work.underWay("RDS is renaming " + to + " back to " + from, Instances.LOOK);
  }

  private void awaitFormer(Optional<Named<T>> former) {
    if (work.made(change).isPresent() && former.filter(Named::isAtRest).isEmpty()) {
      throw work.underWay("RDS is still renaming " + to + " back to " + from, Instances.LOOK);
    }
  }

  public Readiness check() {
    String region = work.call().region();
    if (register.find(from).isEmpty()) {
      return new Readiness(
          false, "the %s %s does not exist in %s".formatted(register.noun(), from, region), null);
    }
    boolean free = register.find(to).isEmpty();
    return new Readiness(
        free, "the name %s is %s in %s".formatted(to, free ? "free" : "taken", region), null);
  }
}
