package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.ClusterStatus;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Renaming;
import io.rekindle.action.aws.rds.State;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Aurora.Rename.Change;
import io.rekindle.plan.step.data.Databases.ClusterAddress.Endpoints;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;

@Singleton
final class Rename implements ActionHandler<Aurora.Rename> {
  @Override
  public Class<Aurora.Rename> declaration() {
    return Aurora.Rename.class;
  }

  private static Renaming<DBCluster> renaming(Work<Aurora.Rename> work) {
    return new Renaming<>(
        work,
        Change.RENAME,
        work.with().cluster(),
        work.with().to(),
        new Register(Clusters.of(work)));
  }

  private record Register(Clusters clusters) implements Renaming.Register<DBCluster> {
    private static final String STOPPED = "stopped";
    private static final String RENAMING = "renaming";

    @Override
    public String noun() {
      return Clusters.NOUN;
    }

    @Override
    public Optional<Renaming.Named<DBCluster>> find(String name) {
      return clusters.find(name).map(Register::named);
    }

    private static Renaming.Named<DBCluster> named(DBCluster cluster) {
      State state = ClusterStatus.of(cluster);
      boolean pending =
          cluster.pendingModifiedValues() != null
              && cluster.pendingModifiedValues().dbClusterIdentifier() != null;
      return new Renaming.Named<>(
          cluster,
          cluster.dbClusterResourceId(),
          state,
          state.isUsable() || STOPPED.equals(cluster.status()),
          pending || RENAMING.equals(cluster.status()));
    }

    @Override
    public void rename(String former, String other) {
      clusters
          .rds()
          .modifyDBCluster(request ->
              request
                  .dbClusterIdentifier(former)
                  .newDBClusterIdentifier(other)
                  .applyImmediately(true));
    }
  }

  @Override
  public Observation observe(Work<Aurora.Rename> work) {
    return renaming(work)
        .observe(cluster ->
            new Aurora.Rename.Outputs(
                work.with().to(), new Endpoints(cluster.endpoint(), cluster.readerEndpoint())));
  }

  @Override
  public void apply(Work<Aurora.Rename> work, Due due) {
    renaming(work).apply(due);
  }

  @Override
  public void undo(Work<Aurora.Rename> work) {
    renaming(work).undo();
  }

  @Override
  public Readiness check(Work<Aurora.Rename> work) {
    return renaming(work).check();
  }
}
