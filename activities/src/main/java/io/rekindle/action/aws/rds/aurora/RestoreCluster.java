package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Adoption;
import io.rekindle.action.aws.rds.ChosenSnapshot;
import io.rekindle.action.aws.rds.ClusterStatus;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Members;
import io.rekindle.action.aws.rds.Snapshots;
import io.rekindle.action.aws.rds.State;
import io.rekindle.action.aws.rds.Surroundings;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Aurora.RestoreCluster.Change;
import io.rekindle.plan.step.data.Databases.ClusterAddress;
import io.rekindle.plan.step.data.Databases.ClusterAddress.Endpoints;
import io.rekindle.plan.step.data.Databases.NewCluster;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;

@Singleton
final class RestoreCluster implements ActionHandler<Aurora.RestoreCluster> {
  private static final Adoption.Words WORDS =
      new Adoption.Words(Clusters.NOUN, "snapshot", "snapshot");

  private record Retention(int backupRetention) {}

  @Override
  public Class<Aurora.RestoreCluster> declaration() {
    return Aurora.RestoreCluster.class;
  }

  @Override
  public Observation observe(Work<Aurora.RestoreCluster> work) {
    Optional<DBCluster> found = find(work);
    if (found.isPresent()) {
      return progress(work, found.get());
    }
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return Adoption.gone(work, WORDS.made(), adopted.get());
    }
    if (work.hasJustMade(Change.RESTORE)) {
      throw work.underWay("AWS accepted the restore and does not show it yet", Clusters.LOOK);
    }
    return switch (chosen(work)) {
      case ChosenSnapshot.None none -> new Broken(none.why());
      case ChosenSnapshot.Found it -> beginning(work, it.point());
    };
  }

  private static ChosenSnapshot chosen(Work<Aurora.RestoreCluster> work) {
    return ChosenSnapshot.of(work, ClusterSnapshots.of(work), work.with().snapshot());
  }

  private static Observation beginning(Work<Aurora.RestoreCluster> work, RecoveryPoint point) {
    Due restoring = ClusterRestoration.due(point);
    return work.call().adopt()
        ? Adoption.of(work, WORDS, left(work), point.id(), restoring)
        : restoring;
  }

  private static List<Adoption.Left> left(Work<Aurora.RestoreCluster> work) {
    return Clusters.of(work).left(work.ownership()).stream()
        .map(each ->
            new Adoption.Left(
                each.dbClusterIdentifier(),
                Clusters.tags(each).getOrDefault(Snapshots.SOURCE_TAG, "")))
        .toList();
  }

  private static String ownName(Work<Aurora.RestoreCluster> work) {
    return Clusters.nameOf(work.call().names(), work.with().target().value());
  }

  private static Optional<DBCluster> find(Work<Aurora.RestoreCluster> work) {
    return Clusters.of(work).find(Adoption.in(work).orElseGet(() -> ownName(work)));
  }

  private static Members members(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    NewCluster made = work.with().made();
    return new Members(
        work,
        cluster,
        new Members.Wanted(
            Change.INSTANCES, made.instances(), made.classes(), made.parameterGroup()));
  }

  private static Observation progress(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    String id = cluster.dbClusterIdentifier();
    if (!work.ownership().owns(Clusters.tags(cluster))) {
      return new Foreign("the DB cluster " + id + ": " + Ownership.ownerOf(Clusters.tags(cluster)));
    }
    State state = ClusterStatus.of(cluster);
    if (state.isBad()) {
      return new Broken(
          "the DB cluster %s in %s %s. Fix it and retry, or start over (retry --anew)"
              .formatted(id, work.call().region(), state.says()));
    }
    if (!state.isUsable()) {
      throw work.underWay("the DB cluster " + id + " " + state.says(), Clusters.LOOK);
    }
    if (!keepsItsBackups(work, cluster)) {
      return Due.of(Change.BACKUPS, new Retention(cluster.backupRetentionPeriod()));
    }
    return members(work, cluster).due().orElseGet(() -> served(work, cluster));
  }

  private static boolean keepsItsBackups(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    return Integer.valueOf(work.with().backupRetention()).equals(cluster.backupRetentionPeriod());
  }

  private static boolean lacksProtection(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    return work.with().deletionProtection()
        && !work.call().drill()
        && !Clusters.isProtected(cluster);
  }

  private static Observation served(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    members(work, cluster).awaitWriter();
    if (lacksProtection(work, cluster)) {
      return Due.of(Change.PROTECT);
    }
    String time = Clusters.tags(cluster).get(Snapshots.POINT_TAG);
    return Settled.of(
        new Aurora.RestoreCluster.Outputs(
            cluster.dbClusterIdentifier(),
            new ClusterAddress(
                new Endpoints(cluster.endpoint(), cluster.readerEndpoint()),
                new Arn(cluster.dbClusterArn()),
                cluster.port()),
            new Recovered(time == null ? null : Instant.parse(time))));
  }

  @Override
  public void apply(Work<Aurora.RestoreCluster> work, Due due) {
    Optional<DBCluster> found = find(work);
    if (due.is(Change.RESTORE)) {
      if (found.isEmpty()) {
        new ClusterRestoration(work).begin(ownName(work), due);
      }
      return;
    }
    found
        .filter(cluster -> work.ownership().owns(Clusters.tags(cluster)))
        .ifPresent(cluster -> apply(work, due, cluster));
  }

  private static void apply(Work<Aurora.RestoreCluster> work, Due due, DBCluster cluster) {
    if (due.is(Change.BACKUPS) && !keepsItsBackups(work, cluster)) {
      Clusters.of(work)
          .rds()
          .modifyDBCluster(request ->
              request
                  .dbClusterIdentifier(cluster.dbClusterIdentifier())
                  .backupRetentionPeriod(work.with().backupRetention())
                  .applyImmediately(true));
    }
    if (due.is(Change.PROTECT) && lacksProtection(work, cluster)) {
      Clusters.of(work).protect(cluster, true);
    }
    members(work, cluster).apply(due);
  }

  @Override
  public void undo(Work<Aurora.RestoreCluster> work) {
    Adoption.andMade(work, ownName(work), Change.RESTORE).stream()
        .flatMap(name -> Clusters.of(work).find(name).stream())
        .findFirst()
        .filter(cluster -> !mayHaveServed(work, cluster.dbClusterIdentifier()))
        .ifPresent(cluster -> remove(work, cluster));
  }

  private static void remove(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    String it = "the DB cluster " + cluster.dbClusterIdentifier();
    Map<String, String> tags = Clusters.tags(cluster);
    if (!work.ownership().owns(tags)) {
      throw work.refused(
          "%s in %s is not deleted: %s"
              .formatted(it, work.call().region(), Ownership.ownerOf(tags)));
    }
    if (Clusters.isProtected(cluster)) {
      lift(work, cluster);
      throw work.underWay("the protection of " + it + " is lifted", Clusters.LOOK);
    }
    if (!ClusterStatus.of(cluster).isGoing() && members(work, cluster).areRemoved()) {
      Clusters.of(work).discard(cluster.dbClusterIdentifier());
    }
    throw work.underWay(it + " is being deleted", Clusters.LOOK);
  }

  private static void lift(Work<Aurora.RestoreCluster> work, DBCluster cluster) {
    if (work.made(Change.PROTECT).isEmpty()) {
      throw work.refused(
          "the DB cluster %s in %s is not deleted: somebody else protects it from that"
              .formatted(cluster.dbClusterIdentifier(), work.call().region()));
    }
    Clusters.of(work).protect(cluster, false);
  }

  /** What was taken over may have served in the run that made it; nothing serves in a drill. */
  private static boolean mayHaveServed(Work<?> work, String name) {
    boolean adopted = Adoption.in(work).filter(name::equals).isPresent();
    return !work.call().drill() && (work.call().served() || adopted);
  }

  @Override
  public Optional<String> kept(Work<Aurora.RestoreCluster> work) {
    return Adoption.andMade(work, ownName(work), Change.RESTORE).stream()
        .filter(name -> mayHaveServed(work, name))
        .flatMap(name -> Clusters.of(work).find(name).stream())
        .findFirst()
        .map(cluster ->
            "the DB cluster %s is kept, because it may have served"
                .formatted(cluster.dbClusterArn()));
  }

  @Override
  public Readiness check(Work<Aurora.RestoreCluster> work) {
    List<String> lacks = new ArrayList<>(lacks(work));
    return switch (chosen(work)) {
      case ChosenSnapshot.None none -> {
        lacks.addFirst(none.why());
        yield new Readiness(false, String.join("; ", lacks), null);
      }
      case ChosenSnapshot.Found it ->
          new Readiness(
              lacks.isEmpty(),
              lacks.isEmpty()
                  ? "snapshot %s, subnet group and parameter groups are in %s"
                      .formatted(it.point().id(), work.call().region())
                  : String.join("; ", lacks),
              it.point());
    };
  }

  private static List<String> lacks(Work<Aurora.RestoreCluster> work) {
    NewCluster made = work.with().made();
    Surroundings here = new Surroundings(work);
    List<String> lacks = new ArrayList<>(here.lacks(made.network(), made.parameterGroup()));
    lacks.addAll(here.lacksClusterGroup(made.clusterParameterGroup()));
    return lacks;
  }
}
