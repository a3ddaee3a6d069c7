package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

/** The parameter groups of a restored instance, until it obeys them. */
public record ParameterGroups(Work<?> work, DBInstance instance) {
  /** Besides the changes of the kind, because only AWS knows whether it is needed. */
  private enum Change implements Action.Change {
    REBOOT
  }

  private Reboot reboot() {
    return new Reboot(work, Change.REBOOT);
  }

  /** What keeps the instance from obeying them, or has to be done for that; empty when it does. */
  public Optional<Observation> due() {
    return instance.dbParameterGroups().stream().flatMap(group -> due(group).stream()).findFirst();
  }

  private Optional<Observation> due(DBParameterGroupStatus group) {
    return switch (String.valueOf(group.parameterApplyStatus())) {
      case "applying" -> throw work.underWay(says(group), Instances.LOOK);
      case "failed-to-apply" -> Optional.of(new Broken(says(group) + ": mend it, then retry"));
      case "pending-reboot" -> Optional.of(rebooting(group));
      default -> Optional.empty();
    };
  }

  private Observation rebooting(DBParameterGroupStatus group) {
    Optional<Instant> restarted = reboot().happened(instance);
    boolean hidden = restarted.map(reboot()::isFresh).orElseGet(reboot()::mayBeHidden);
    if (reboot().former().isPresent() && hidden) {
      throw work.underWay(says(group) + "; its restart was asked for", Instances.LOOK);
    }
    return restarted.isPresent()
        ? new Broken(says(group) + " after a restart: look at the group, then retry")
        : reboot().due(instance);
  }

  private String says(DBParameterGroupStatus group) {
    return "the parameter group %s of the DB instance %s in %s is '%s'"
        .formatted(
            group.dbParameterGroupName(),
            instance.dbInstanceIdentifier(),
            work.call().region(),
            Objects.requireNonNullElse(group.parameterApplyStatus(), "unknown"));
  }

  /** Makes it, if that is what is due. */
  public void apply(Due due) {
    boolean waiting =
        instance.dbParameterGroups().stream()
            .anyMatch(group -> "pending-reboot".equals(group.parameterApplyStatus()));
    if (due.is(Change.REBOOT) && waiting) {
      reboot().send(instance);
    }
  }
}
