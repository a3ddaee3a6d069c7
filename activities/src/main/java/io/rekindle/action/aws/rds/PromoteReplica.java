package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.step.data.RdsReplicas.PromoteReplica.Change;
import io.rekindle.plan.step.data.RdsReplicas.PromoteReplica.Outputs;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * A replica is promoted when it has no source any more: AWS shows words such as {@code available}
 * before and after.
 */
@Singleton
final class PromoteReplica implements ActionHandler<RdsReplicas.PromoteReplica> {
  /** What AWS shows while it promotes. */
  private static final Set<String> PROMOTING = Set.of("modifying", "promoting", "rebooting");

  /**
   * @param recoveryPoint up to when it held data; absent where CloudWatch showed no lag
   */
  private record Before(@Nullable Instant recoveryPoint) {}

  @Override
  public Class<RdsReplicas.PromoteReplica> declaration() {
    return RdsReplicas.PromoteReplica.class;
  }

  @Override
  public Observation observe(Work<RdsReplicas.PromoteReplica> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().replica());
    if (found.isEmpty()) {
      return new Broken(it(work) + " does not exist");
    }
    InstanceStatus status = Instances.statusOf(found.get());
    if (status.isBad()) {
      return new Broken(it(work) + " " + status.says());
    }
    if (!status.isUsable()) {
      throw work.underWay(it(work) + " " + status.says(), Instances.LOOK);
    }
    return Replication.isReplica(found.get()) ? promoting(work) : promoted(work, found.get());
  }

  private static String it(Work<RdsReplicas.PromoteReplica> work) {
    return "the DB instance %s in %s".formatted(work.with().replica(), work.call().region());
  }

  private static Observation promoting(Work<RdsReplicas.PromoteReplica> work) {
    if (work.hasJustMade(Change.PROMOTE)) {
      throw work.underWay(it(work) + " still shows its source", Instances.LOOK);
    }
    Optional<ReplicaLag> lag = ReplicaLag.of(work, work.with().replica());
    awaitLag(work, lag);
    return Due.of(Change.PROMOTE, new Before(lag.map(ReplicaLag::recoveryPoint).orElse(null)));
  }

  /** In an outage the lag only grows, and waiting for it would wait for the lost Region. */
  private static void awaitLag(Work<RdsReplicas.PromoteReplica> work, Optional<ReplicaLag> lag) {
    if (work.with().maxLag() == null || !work.call().planned()) {
      return;
    }
    if (lag.isEmpty()) {
      throw work.underWay("CloudWatch shows no lag of " + it(work), Instances.LOOK);
    }
    if (lag.get().lag().compareTo(work.with().maxLag()) >= 0) {
      throw work.underWay(
          "%s %s; waiting for less than %ds"
              .formatted(it(work), lag.get().says(), work.with().maxLag().toSeconds()),
          Instances.LOOK);
    }
  }

  private static Observation promoted(Work<RdsReplicas.PromoteReplica> work, DBInstance instance) {
    if (instance.endpoint() == null) {
      throw work.underWay(it(work) + " has no endpoint yet", Instances.LOOK);
    }
    return Settled.of(
        new Outputs(
            instance.dbInstanceIdentifier(),
            Instances.addressOf(instance),
            new Recovered(
                work.before(Change.PROMOTE, Before.class)
                    .map(Before::recoveryPoint)
                    .orElse(null))));
  }

  /** AWS refuses to promote what is promoted already. */
  @Override
  public void apply(Work<RdsReplicas.PromoteReplica> work, Due due) {
    Optional<DBInstance> replica =
        Instances.of(work).find(work.with().replica()).filter(Replication::isReplica);
    if (replica.isEmpty() || PROMOTING.contains(Instances.statusOf(replica.get()).word())) {
      return;
    }
    InstanceStatus status = Instances.statusOf(replica.get());
    if (!status.isUsable()) {
      throw work.underWay(it(work) + " " + status.says(), Instances.LOOK);
    }
    Instances.of(work)
        .rds()
        .promoteReadReplica(request ->
            request
                .dbInstanceIdentifier(work.with().replica())
                .backupRetentionPeriod(work.with().backupRetention()));
  }

  @Override
  public void undo(Work<RdsReplicas.PromoteReplica> work) {
    throw work.refused("a promoted replica cannot follow its source again: make a new one");
  }

  @Override
  public Readiness check(Work<RdsReplicas.PromoteReplica> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().replica());
    if (found.isEmpty()) {
      return new Readiness(false, it(work) + " does not exist", null);
    }
    if (!Replication.isReplica(found.get())) {
      return new Readiness(false, it(work) + " is no read replica", null);
    }
    InstanceStatus status = Instances.statusOf(found.get());
    String lag =
        ReplicaLag.of(work, work.with().replica())
            .map(ReplicaLag::says)
            .orElse("shows no lag in CloudWatch");
    return new Readiness(
        status.isUsable(),
        "%s %s, follows %s and %s"
            .formatted(
                it(work), status.says(), Replication.sourceOf(found.get()).orElseThrow(), lag),
        null);
  }
}
