package io.rekindle.action.aws.rds;

import io.rekindle.action.ActionCall.Names;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;

/**
 * Makes the instance, of the first class for which AWS has machines. That there are none AWS says
 * at once, or only later, by the status of an instance that will never run.
 */
record Restoration(Work<Rds.RestoreInstance> work) {
  /** Kept on the instance, because the snapshot may go before the instance does. */
  private static final String RECOVERY_POINT_TAG = Snapshots.POINT_TAG;

  /**
   * What was agreed on, for whoever makes the change.
   *
   * @param instanceClass the class to begin with, when those before it had no machines
   */
  record Agreed(String snapshot, Instant recoveryPoint, @Nullable String instanceClass) {}

  static String snapshotOf(DBInstance instance) {
    return Instances.tags(instance).getOrDefault(Snapshots.SOURCE_TAG, "");
  }

  static Optional<Instant> recoveryPointOf(DBInstance instance) {
    return Optional.ofNullable(Instances.tags(instance).get(RECOVERY_POINT_TAG))
        .map(Instant::parse);
  }

  /** What to restore in place of an instance for which AWS found no machines. */
  Optional<Agreed> another(DBInstance instance) {
    return classes()
        .after(instance.dbInstanceClass())
        .filter(next -> lacksCapacity(instance))
        .flatMap(next ->
            recoveryPointOf(instance).map(point -> new Agreed(snapshotOf(instance), point, next)));
  }

  /** What was adopted is not ours to replace. */
  private boolean lacksCapacity(DBInstance instance) {
    return isOutOfMachines(instance)
        && Adoption.in(work).isEmpty()
        && work.ownership().owns(Instances.tags(instance));
  }

  /**
   * The class to begin with: when it is done anew, the one that was not refused. What an earlier
   * try made tells: AWS had machines for its class, or found out that it has none.
   */
  @Nullable String first() {
    return earlier()
        .map(left -> classes().place(left.dbInstanceClass()) + (isOutOfMachines(left) ? 1 : 0))
        .filter(place -> place > 0)
        .flatMap(classes()::at)
        .orElse(null);
  }

  /** What the latest earlier try of this run left. */
  private Optional<DBInstance> earlier() {
    Instances instances = Instances.of(work);
    Ownership ownership = work.ownership();
    return IntStream.iterate(work.call().key().generation() - 1, each -> each > 0, each -> each - 1)
        .mapToObj(generation -> new Names(work.call().key().run(), generation, work.call().drill()))
        .map(names -> Instances.nameOf(names, work.with().target().value()))
        .flatMap(name -> instances.find(name).stream())
        .filter(left -> ownership.isOfStep(Instances.tags(left)))
        .findFirst();
  }

  private static boolean isOutOfMachines(DBInstance instance) {
    return Instances.statusOf(instance).is(InstanceStatus.LACKS_CAPACITY);
  }

  private Classes classes() {
    return new Classes(work.with().classes());
  }

  void apply(Agreed agreed, Optional<DBInstance> found) {
    if (found.isEmpty()) {
      restore(agreed);
    } else if (agreed.instanceClass() != null) {
      makeRoom(found.get(), agreed.instanceClass());
    }
  }

  /** The name is free for the next class only when the failed instance has gone. */
  private void makeRoom(DBInstance instance, String next) {
    boolean isInTheWay = classes().place(instance.dbInstanceClass()) < classes().place(next);
    boolean isGoing = Instances.statusOf(instance).is(InstanceStatus.DELETING);
    if (isInTheWay && lacksCapacity(instance)) {
      Instances.of(work).discard(instance.dbInstanceIdentifier());
    }
    if (isInTheWay && (isGoing || lacksCapacity(instance))) {
      throw work.underWay(
          "the DB instance %s is being deleted: AWS has no capacity for %s; %s is next"
              .formatted(instance.dbInstanceIdentifier(), instance.dbInstanceClass(), next),
          Instances.LOOK);
    }
  }

  private void restore(Agreed agreed) {
    RdsClient rds = Instances.of(work).rds();
    Optional<DBSnapshot> snapshot = Snapshots.of(work).original(agreed.snapshot());
    if (snapshot.isEmpty()) {
      throw work.refused(
          "the agreed snapshot %s in %s is gone: choose another (retry --set snapshot=…)"
              .formatted(agreed.snapshot(), work.call().region()));
    }
    try {
      classes()
          .tryFrom(
              agreed.instanceClass(),
              each -> rds.restoreDBInstanceFromDBSnapshot(request(agreed, snapshot.get(), each)));
    } catch (DbInstanceAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  private RestoreDbInstanceFromDbSnapshotRequest request(
      Agreed agreed, DBSnapshot snapshot, String instanceClass) {
    Rds.RestoreInstance with = work.with();
    Storage storage = Storage.of(with, snapshot);
    Map<String, String> tags = work.ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, agreed.snapshot());
    tags.put(RECOVERY_POINT_TAG, agreed.recoveryPoint().toString());
    tags.putAll(with.own().tags());
    return RestoreDbInstanceFromDbSnapshotRequest.builder()
        .dbInstanceIdentifier(Instances.nameOf(work, with.target().value()))
        .dbSnapshotIdentifier(agreed.snapshot())
        .dbInstanceClass(instanceClass)
        .dbSubnetGroupName(with.network().subnetGroup())
        .vpcSecurityGroupIds(with.network().securityGroups())
        .dbParameterGroupName(with.parameterGroup())
        .optionGroupName(with.optionGroup())
        .multiAZ(with.multiAz())
        .storageType(storage.type())
        .iops(storage.iops())
        .storageThroughput(storage.throughput())
        .enableIAMDatabaseAuthentication(snapshot.iamDatabaseAuthenticationEnabled())
        .publiclyAccessible(false)
        .copyTagsToSnapshot(true)
        .tags(Instances.tags(tags))
        .build();
  }
}
