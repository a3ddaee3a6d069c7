package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.FormerGroups;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.Isolate.Change;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * Who is connected stays connected when security groups change, for days: so the instance is
 * restarted after that, and is a fence only once nobody is connected.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html">
 *     Security group connection tracking</a>
 */
@Singleton
final class Isolate implements ActionHandler<Rds.Isolate> {
  /** What undo puts back. */
  private record Former(List<String> securityGroups) {}

  @Override
  public Class<Rds.Isolate> declaration() {
    return Rds.Isolate.class;
  }

  @Override
  public Observation observe(Work<Rds.Isolate> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    if (found.isEmpty()) {
      return new Broken(
          "the DB instance %s does not exist in %s"
              .formatted(work.with().instance(), work.call().region()));
    }
    Set<String> present = groups(found.get());
    if (!present.equals(wanted(work))) {
      return Due.of(Change.ISOLATE, new Former(List.copyOf(present)));
    }
    awaitActive(work, found.get());
    return Instances.statusOf(found.get()).is(InstanceStatus.STOPPED)
        ? isolated(work, present)
        : new Disconnection(work).due(found.get()).orElseGet(() -> isolated(work, present));
  }

  private static Observation isolated(Work<Rds.Isolate> work, Set<String> present) {
    Former former =
        work.before(Change.ISOLATE, Former.class).orElseGet(() -> new Former(List.copyOf(present)));
    return Settled.of(
        new Rds.Isolate.Outputs(work.with().instance(), new FormerGroups(former.securityGroups())));
  }

  private static Set<String> wanted(Work<Rds.Isolate> work) {
    return new TreeSet<>(work.with().quarantine().securityGroups());
  }

  /** A group that is being taken away still lets its members in. */
  private static Set<String> groups(DBInstance instance) {
    return instance.vpcSecurityGroups().stream()
        .filter(group -> !"removing".equals(group.status()))
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void awaitActive(Work<Rds.Isolate> work, DBInstance instance) {
    boolean active =
        instance.vpcSecurityGroups().stream().allMatch(group -> "active".equals(group.status()));
    if (!active) {
      throw work.underWay(
          "the security groups of " + instance.dbInstanceIdentifier() + " are being changed",
          Instances.LOOK);
    }
  }

  @Override
  public void apply(Work<Rds.Isolate> work, Due due) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    if (found.isEmpty()) {
      return;
    }
    boolean closed = groups(found.get()).equals(wanted(work));
    if (due.is(Change.ISOLATE) && !closed) {
      set(work, wanted(work));
    }
    if (due.is(Change.DISCONNECT) && closed) {
      new Disconnection(work).make(found.get());
    }
  }

  private static void set(Work<Rds.Isolate> work, Collection<String> groups) {
    Instances.of(work)
        .rds()
        .modifyDBInstance(request ->
            request
                .dbInstanceIdentifier(work.with().instance())
                .vpcSecurityGroupIds(groups)
                .applyImmediately(true));
  }

  @Override
  public void undo(Work<Rds.Isolate> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    Optional<Former> made = work.before(Change.ISOLATE, Former.class);
    if (made.isEmpty() || found.isEmpty()) {
      return;
    }
    Set<String> present = groups(found.get());
    Set<String> former = new TreeSet<>(made.get().securityGroups());
    if (present.equals(former)) {
      awaitActive(work, found.get());
      return;
    }
    if (!present.equals(wanted(work))) {
      throw work.refused(
          "somebody else has changed the security groups of %s in %s since; restore %s by hand"
              .formatted(work.with().instance(), work.call().region(), String.join(", ", former)));
    }
    set(work, former);
    throw work.underWay(
        "restoring the former security groups of " + work.with().instance(), Instances.LOOK);
  }

  @Override
  public Readiness check(Work<Rds.Isolate> work) {
    boolean there = Instances.of(work).find(work.with().instance()).isPresent();
    return new Readiness(
        there,
        "the DB instance %s in %s %s"
            .formatted(
                work.with().instance(),
                work.call().region(),
                there ? "can be isolated" : "does not exist"),
        null);
  }
}
