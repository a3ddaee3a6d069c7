package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Isolation;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Aurora.Isolate.Change;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/**
 * The security groups of a cluster are those of its instances; only restarts of these end
 * connections.
 */
@Singleton
final class Isolate implements ActionHandler<Aurora.Isolate> {
  @Override
  public Class<Aurora.Isolate> declaration() {
    return Aurora.Isolate.class;
  }

  private static Isolation isolation(Work<Aurora.Isolate> work) {
    return new Isolation(
        work,
        Change.ISOLATE,
        Change.DISCONNECT,
        work.with().quarantine().securityGroups(),
        new Cluster(Clusters.of(work), work.with().cluster()));
  }

  private record Cluster(Clusters clusters, String name) implements Isolation.Database {
    private static final String STOPPED = "stopped";

    @Override
    public String noun() {
      return Clusters.NOUN;
    }

    @Override
    public Optional<Isolation.Found> find() {
      return clusters
          .find(name)
          .map(it ->
              new Isolation.Found(
                  it.vpcSecurityGroups(), STOPPED.equals(it.status()), clusters.members(it)));
    }

    /** Of a cluster they change at once, whatever it is told about that. */
    @Override
    public void set(Collection<String> groups) {
      clusters
          .rds()
          .modifyDBCluster(request ->
              request.dbClusterIdentifier(name).vpcSecurityGroupIds(groups).applyImmediately(true));
    }
  }

  @Override
  public Observation observe(Work<Aurora.Isolate> work) {
    return isolation(work)
        .observe(former -> new Aurora.Isolate.Outputs(work.with().cluster(), former));
  }

  @Override
  public void apply(Work<Aurora.Isolate> work, Due due) {
    isolation(work).apply(due);
  }

  @Override
  public void undo(Work<Aurora.Isolate> work) {
    isolation(work).undo();
  }

  @Override
  public Readiness check(Work<Aurora.Isolate> work) {
    return isolation(work).check();
  }
}
