package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.ActionCall.Names;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Adoption;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Snapshots;
import io.rekindle.plan.step.data.Backup;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a step restores: a DB instance of RDS, or a cluster of Aurora. */
record Target(Work<Backup.Restore> work, boolean isCluster, Names names) {
  static Target of(Work<Backup.Restore> work) {
    return new Target(work, work.with().clusterParameterGroup() != null, work.call().names());
  }

  /** As AWS Backup calls it. */
  String type() {
    return isCluster ? "Aurora" : "RDS";
  }

  /** As people call it. */
  String what() {
    return isCluster ? Clusters.NOUN : "DB instance";
  }

  Adoption.Words words() {
    return new Adoption.Words(what(), "recovery point", "recoveryPoint");
  }

  /** The key of its name in the metadata of a job. */
  String key() {
    return isCluster ? RestoreMetadata.CLUSTER : RestoreMetadata.INSTANCE;
  }

  /** The name that only this step of this run gives. */
  String name() {
    return Clusters.nameOf(names, work.with().target().value());
  }

  /** The same in the earlier tries of this run, the latest first. */
  Stream<Target> earlier() {
    return IntStream.iterate(work.call().key().generation() - 1, each -> each > 0, each -> each - 1)
        .mapToObj(generation -> new Names(names.run(), generation, names.drill()))
        .map(former -> new Target(work, isCluster, former));
  }

  boolean isOwnArn(String arn) {
    return arn.endsWith((isCluster ? ":cluster:" : ":db:") + name());
  }

  Optional<Database> find(String name) {
    return isCluster
        ? Clusters.of(work).find(name).map(found -> new Database.OfAurora(work, found))
        : Instances.of(work).find(name).map(found -> new Database.OfRds(work, found));
  }

  /** What earlier runs of the step left, the newest first. */
  List<Adoption.Left> left(Ownership ownership) {
    Stream<Database> left =
        isCluster
            ? Clusters.of(work).left(ownership).stream()
                .map(found -> new Database.OfAurora(work, found))
            : Instances.of(work).left(ownership).stream()
                .map(found -> new Database.OfRds(work, found));
    return left.map(each ->
            new Adoption.Left(each.name(), each.tags().getOrDefault(Snapshots.SOURCE_TAG, "")))
        .toList();
  }
}
