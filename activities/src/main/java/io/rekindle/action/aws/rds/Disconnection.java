package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.Isolate.Change;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** The restart that ends every connection, until nobody is connected. */
record Disconnection(Work<Rds.Isolate> work) {

  private Reboot reboot() {
    return new Reboot(work, Change.DISCONNECT);
  }

  /** The restart, when it is due; empty once nobody is connected after it. */
  Optional<Observation> due(DBInstance instance) {
    Optional<Reboot.Former> former = reboot().former();
    if (former.isEmpty()) {
      return Optional.of(reboot().due(instance));
    }
    InstanceStatus status = Instances.statusOf(instance);
    if (!status.isUsable()) {
      throw underWay(instance, status.says() + "; its restart was asked for");
    }
    Optional<Instant> restarted = reboot().happened(instance);
    OptionalDouble connected =
        new Connections(work, instance.dbInstanceIdentifier())
            .since(restarted.orElse(former.get().asked()));
    if (connected.isPresent() && connected.getAsDouble() == 0) {
      return Optional.empty();
    }
    if (restarted.isPresent()) {
      throw underWay(instance, "was restarted; " + said(connected));
    }
    if (reboot().mayBeHidden()) {
      throw underWay(instance, status.says() + "; its restart was asked for");
    }
    return Optional.of(reboot().due(instance));
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

  void make(DBInstance instance) {
    reboot().send(instance);
  }
}
