package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.Rename.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;

@Singleton
final class Rename implements ActionHandler<Rds.Rename> {
  @Override
  public Class<Rds.Rename> declaration() {
    return Rds.Rename.class;
  }

  private static Renaming<DBInstance> renaming(Work<Rds.Rename> work) {
    return new Renaming<>(
        work,
        Change.RENAME,
        work.with().instance(),
        work.with().to(),
        new Register(Instances.of(work)));
  }

  private record Register(Instances instances) implements Renaming.Register<DBInstance> {
    @Override
    public String noun() {
      return "DB instance";
    }

    @Override
    public Optional<Renaming.Named<DBInstance>> find(String name) {
      return instances.find(name).map(Register::named);
    }

    private static Renaming.Named<DBInstance> named(DBInstance instance) {
      InstanceStatus status = Instances.statusOf(instance);
      boolean atRest =
          (status.is(InstanceStatus.STOPPED) || status.isUsable()) && instance.endpoint() != null;
      boolean pending =
          instance.pendingModifiedValues() != null
              && instance.pendingModifiedValues().dbInstanceIdentifier() != null;
      return new Renaming.Named<>(
          instance,
          instance.dbiResourceId(),
          State.of(status),
          atRest,
          pending || status.is("renaming"));
    }

    @Override
    public void rename(String former, String other) {
      instances
          .rds()
          .modifyDBInstance(request ->
              request
                  .dbInstanceIdentifier(former)
                  .newDBInstanceIdentifier(other)
                  .applyImmediately(true));
    }
  }

  @Override
  public Observation observe(Work<Rds.Rename> work) {
    return renaming(work)
        .observe(
            instance -> new Rds.Rename.Outputs(work.with().to(), instance.endpoint().address()));
  }

  @Override
  public void apply(Work<Rds.Rename> work, Due due) {
    renaming(work).apply(due);
  }

  @Override
  public void undo(Work<Rds.Rename> work) {
    renaming(work).undo();
  }

  @Override
  public Readiness check(Work<Rds.Rename> work) {
    return renaming(work).check();
  }
}
