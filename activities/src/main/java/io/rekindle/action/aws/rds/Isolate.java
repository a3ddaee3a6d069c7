package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.Isolate.Change;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@Singleton
final class Isolate implements ActionHandler<Rds.Isolate> {
  @Override
  public Class<Rds.Isolate> declaration() {
    return Rds.Isolate.class;
  }

  private static Isolation isolation(Work<Rds.Isolate> work) {
    return new Isolation(
        work,
        Change.ISOLATE,
        Change.DISCONNECT,
        work.with().quarantine().securityGroups(),
        new Instance(Instances.of(work), work.with().instance()));
  }

  private record Instance(Instances instances, String name) implements Isolation.Database {
    @Override
    public String noun() {
      return "DB instance";
    }

    @Override
    public Optional<Isolation.Found> find() {
      return instances
          .find(name)
          .map(it ->
              new Isolation.Found(
                  it.vpcSecurityGroups(),
                  Instances.statusOf(it).is(InstanceStatus.STOPPED),
                  List.of(it)));
    }

    @Override
    public void set(Collection<String> groups) {
      instances
          .rds()
          .modifyDBInstance(request ->
              request
                  .dbInstanceIdentifier(name)
                  .vpcSecurityGroupIds(groups)
                  .applyImmediately(true));
    }
  }

  @Override
  public Observation observe(Work<Rds.Isolate> work) {
    return isolation(work)
        .observe(former -> new Rds.Isolate.Outputs(work.with().instance(), former));
  }

  @Override
  public void apply(Work<Rds.Isolate> work, Due due) {
    isolation(work).apply(due);
  }

  @Override
  public void undo(Work<Rds.Isolate> work) {
    isolation(work).undo();
  }

  @Override
  public Readiness check(Work<Rds.Isolate> work) {
    return isolation(work).check();
  }
}
