package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.step.data.RdsReplicas.CreateReplica.Change;
import io.rekindle.plan.step.data.RdsReplicas.CreateReplica.Outputs;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceReadReplicaRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;

@Singleton
final class CreateReplica implements ActionHandler<RdsReplicas.CreateReplica> {
  @Override
  public Class<RdsReplicas.CreateReplica> declaration() {
    return RdsReplicas.CreateReplica.class;
  }

  @Override
  public Observation observe(Work<RdsReplicas.CreateReplica> work) {
    Optional<DBInstance> found = find(work);
    if (found.isPresent()) {
      return progress(work, found.get());
    }
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return new Broken(
          "the DB instance %s in %s, which this step took over, is gone: start over (retry --anew)"
              .formatted(adopted.get(), work.call().region()));
    }
    if (work.hasJustMade(Change.CREATE)) {
      throw work.underWay("AWS accepted the replica and does not show it yet", Instances.LOOK);
    }
    return work.call().adopt() ? adopting(work) : creating(work);
  }

  private static Observation creating(Work<RdsReplicas.CreateReplica> work) {
    return new ReplicaSource(work)
        .lack()
        .<Observation>map(Broken::new)
        .orElseGet(() -> Due.of(Change.CREATE));
  }

  private static Observation adopting(Work<RdsReplicas.CreateReplica> work) {
    String source = work.with().source().value();
    List<DBInstance> left = Instances.of(work).left(work.ownership());
    Optional<DBInstance> fitting =
        left.stream().filter(each -> source.equals(sourceOf(each))).findFirst();
    if (fitting.isPresent()) {
      return new Adoption(fitting.get().dbInstanceIdentifier()).due();
    }
    return left.isEmpty()
        ? creating(work)
        : new Broken(
            "the DB instance %s in %s, which an earlier run left, does not follow %s: start over (retry --anew)"
                .formatted(left.getFirst().dbInstanceIdentifier(), work.call().region(), source));
  }

  /** As it was asked for: a promoted replica does not tell any more. */
  private static String sourceOf(DBInstance instance) {
    return Instances.tags(instance).getOrDefault(Snapshots.SOURCE_TAG, "");
  }

  private static Optional<DBInstance> find(Work<RdsReplicas.CreateReplica> work) {
    return Instances.of(work).find(Adoption.in(work).orElseGet(() -> own(work)));
  }

  private static String own(Work<RdsReplicas.CreateReplica> work) {
    return Instances.nameOf(work, work.with().target().value());
  }

  private static Observation progress(Work<RdsReplicas.CreateReplica> work, DBInstance instance) {
    String it =
        "the DB instance %s in %s "
            .formatted(instance.dbInstanceIdentifier(), work.call().region());
    if (!work.ownership().owns(Instances.tags(instance))) {
      return new Foreign(
          "the DB instance %s: %s"
              .formatted(
                  instance.dbInstanceIdentifier(), Ownership.ownerOf(Instances.tags(instance))));
    }
    InstanceStatus status = Instances.statusOf(instance);
    if (status.isBad()) {
      return new Broken(it + status.says() + ". Fix it and retry, or start over (retry --anew)");
    }
    if (!status.isUsable()) {
      throw work.underWay(it + status.says(), Instances.LOOK);
    }
    if (!Replication.isReplica(instance)) {
      return new Broken(it + "follows nobody, because it was promoted: start over (retry --anew)");
    }
    return Replication.trouble(instance)
        .<Observation>map(
            trouble -> new Broken(it + "gets nothing: " + trouble + ": look at its events"))
        .orElseGet(() -> parameters(work, instance));
  }

  private static Observation parameters(Work<RdsReplicas.CreateReplica> work, DBInstance instance) {
    if (!hasItsGroup(work, instance)) {
      return Due.of(Change.PARAMETERS);
    }
    return new ParameterGroups(work, instance).due().orElseGet(() -> created(work, instance));
  }

  private static boolean hasItsGroup(Work<RdsReplicas.CreateReplica> work, DBInstance instance) {
    return instance.dbParameterGroups().stream()
        .anyMatch(group -> work.with().parameterGroup().equals(group.dbParameterGroupName()));
  }

  private static Observation created(Work<RdsReplicas.CreateReplica> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (instance.endpoint() == null) {
      throw work.underWay("the DB instance " + id + " has no endpoint yet", Instances.LOOK);
    }
    return Settled.of(new Outputs(id, Instances.addressOf(instance)));
  }

  @Override
  public void apply(Work<RdsReplicas.CreateReplica> work, Due due) {
    Optional<DBInstance> found = find(work);
    if (due.is(Change.CREATE) && found.isEmpty()) {
      create(work);
    }
    if (due.is(Change.PARAMETERS)
        && found.filter(instance -> !hasItsGroup(work, instance)).isPresent()) {
      Instances.of(work)
          .rds()
          .modifyDBInstance(request ->
              request
                  .dbInstanceIdentifier(found.get().dbInstanceIdentifier())
                  .dbParameterGroupName(work.with().parameterGroup())
                  .applyImmediately(true));
    }
    found.ifPresent(instance -> new ParameterGroups(work, instance).apply(due));
  }

  private static void create(Work<RdsReplicas.CreateReplica> work) {
    try {
      Instances.of(work).rds().createDBInstanceReadReplica(request(work));
    } catch (DbInstanceAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  /**
   * Only with the source's Region does the SDK sign the request that AWS passes on to it. A
   * parameter group is refused here for PostgreSQL, and taken for MySQL.
   */
  private static CreateDbInstanceReadReplicaRequest request(Work<RdsReplicas.CreateReplica> work) {
    RdsReplicas.CreateReplica with = work.with();
    Arn source = with.source();
    Map<String, String> tags = work.ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, source.value());
    return CreateDbInstanceReadReplicaRequest.builder()
        .dbInstanceIdentifier(own(work))
        .sourceDBInstanceIdentifier(source.value())
        .sourceRegion(new ReplicaSource(work).isElsewhere() ? source.region() : null)
        .dbInstanceClass(with.instanceClass())
        .dbSubnetGroupName(with.network().subnetGroup())
        .vpcSecurityGroupIds(with.network().securityGroups())
        .multiAZ(with.multiAz())
        .kmsKeyId(with.kmsKey() == null ? null : with.kmsKey().value())
        .publiclyAccessible(false)
        .copyTagsToSnapshot(true)
        .tags(Instances.tags(tags))
        .build();
  }

  @Override
  public void undo(Work<RdsReplicas.CreateReplica> work) {
    Adoption.andMade(work, own(work), Change.CREATE).stream()
        .flatMap(name -> Instances.of(work).find(name).stream())
        .findFirst()
        .ifPresent(instance -> remove(work, instance));
  }

  private static void remove(Work<RdsReplicas.CreateReplica> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    String it = "the DB instance %s in %s is not deleted: ".formatted(id, work.call().region());
    if (!work.ownership().owns(Instances.tags(instance))) {
      throw work.refused(it + Ownership.ownerOf(Instances.tags(instance)));
    }
    if (!Replication.isReplica(instance)) {
      throw work.refused(it + "it was promoted and may hold what nothing else does");
    }
    if (!Instances.statusOf(instance).is(InstanceStatus.DELETING)) {
      Instances.of(work).discard(id);
    }
    throw work.underWay("the DB instance " + id + " is being deleted", Instances.LOOK);
  }

  @Override
  public Readiness check(Work<RdsReplicas.CreateReplica> work) {
    RdsReplicas.CreateReplica with = work.with();
    List<String> lacks = new ArrayList<>(new ReplicaSource(work).lack().stream().toList());
    lacks.addAll(new Surroundings(work).lacks(with.network(), with.parameterGroup()));
    return new Readiness(
        lacks.isEmpty(),
        lacks.isEmpty()
            ? "the DB instance %s can be followed; subnet group and parameter group are in %s"
                .formatted(with.source(), work.call().region())
            : String.join("; ", lacks),
        null);
  }
}
