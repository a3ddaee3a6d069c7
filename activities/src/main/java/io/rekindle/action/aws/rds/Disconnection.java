package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** The restarts that end every connection, until nobody is connected. */
record Disconnection(Work<?> work, Action.Change change) {

  private Reboot reboot() {
    return new Reboot(work, change);
  }

  /** The restarts, when they are due; empty once nobody is connected after them. */
  Optional<Observation> due(List<DBInstance> instances) {
    if (instances.isEmpty()) {
      return Optional.empty();
    }
    Optional<Reboot.Former> former = reboot().former();
    if (former.isEmpty()) {
      return Optional.of(reboot().due(instances));
    }
    boolean open =
        instances.stream().filter(each -> isConnected(each, former.get())).findFirst().isPresent();
    return open ? Optional.of(reboot().due(instances)) : Optional.empty();
  }

  /** Whether somebody may be, and waiting for its restart does not help. */
  private boolean isConnected(DBInstance instance, Reboot.Former former) {
    InstanceStatus status = Instances.statusOf(instance);
    if (!status.isUsable()) {
      throw underWay(instance, status.says() + "; its restart was asked for");
    }
    Optional<Instant> restarted = reboot().happened(instance);
    OptionalDouble connected =
        new Connections(work, instance.dbInstanceIdentifier())
            .since(restarted.orElse(former.asked()));
    if (connected.isPresent() && connected.getAsDouble() == 0) {
      return false;
    }
    if (restarted.isPresent()) {
      throw underWay(instance, "was restarted; " + said(connected));
    }
    if (reboot().mayBeHidden()) {
      throw underWay(instance, status.says() + "; its restart was asked for");
    }
    return true;
  }

  private ApplicationFailure underWay(DBInstance instance, String what) {
    return work.underWay(
        "the DB instance " + instance.dbInstanceIdentifier() + " " + what, Instances.LOOK);
  }

  private static String said(OptionalDouble connected) {
    return connected.isEmpty()
        ? "CloudWatch shows no whole minute since then"
        : "%.0f still connect: stop the verifier, or an RDS Proxy that the security groups admit"
            .formatted(connected.getAsDouble());
  }

  void make(List<DBInstance> instances) {
    instances.forEach(reboot()::send);
  }
}
