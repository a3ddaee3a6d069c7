package io.rekindle.action.aws.ecs;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Ecs.ScaleService.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/** What it was is recorded before the first change: the limits alone may move the count. */
@Singleton
final class ScaleService implements ActionHandler<Ecs.ScaleService> {
  @Override
  public Class<Ecs.ScaleService> declaration() {
    return Ecs.ScaleService.class;
  }

  @Override
  public Observation observe(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    Optional<String> obstacle = new Obstacles(services).of(found);
    if (obstacle.isPresent()) {
      return new Broken(obstacle.get());
    }
    Service service = found.orElseThrow();
    Scaling present = services.scaling(service);
    Scaling former = Scaling.former(work, present);
    Scaling wanted = Scaling.wanted(work, former);
    Optional<String> undone = new Obstacles(services).limits(present, wanted);
    if (undone.isPresent()) {
      return new Broken(undone.get());
    }
    if (!present.hasLimitsOf(wanted)) {
      return Due.of(Change.LIMITS, present);
    }
    if (present.runsAs(wanted) || hasGrown(work, present, wanted)) {
      return progress(work, service, former);
    }
    return takenBack(work, present, wanted, service)
        .<Observation>map(Broken::new)
        .orElseGet(() -> Due.of(Change.SCALE, present));
  }

  /** Whether Application Auto Scaling has added tasks to those that were asked for. */
  private static boolean hasGrown(Work<Ecs.ScaleService> work, Scaling present, Scaling wanted) {
    return work.isAnswered(Change.SCALE)
        && present.limits() != null
        && wanted.desired() > 0
        && present.desired() > wanted.desired()
        && present.taskDefinition().equals(wanted.taskDefinition());
  }

  /** Why ECS undid what it had accepted, if it did: repeating it would be a quarrel. */
  private static Optional<String> takenBack(
      Work<Ecs.ScaleService> work, Scaling present, Scaling wanted, Service service) {
    boolean isRunning = present.taskDefinition().equals(wanted.taskDefinition());
    return isRunning || !work.isAnswered(Change.SCALE)
        ? Optional.empty()
        : Optional.of(
            "%s was set to %s and then restored to %s: %s. Fix that, then start over (retry --anew)"
                .formatted(
                    new Services(work).it(),
                    wanted.taskDefinition(),
                    present.taskDefinition(),
                    StoppedTasks.of(work).reasons(service)));
  }

  private static Observation progress(
      Work<Ecs.ScaleService> work, Service service, Scaling former) {
    Rollout rollout = Rollout.of(new Services(work), service);
    Optional<String> failure = rollout.failure(former);
    if (failure.isPresent()) {
      return new Broken(failure.get());
    }
    rollout.awaitCount();
    rollout.awaitHealthyTargets();
    return Settled.of(
        new Ecs.ScaleService.Outputs(
            work.with().cluster(),
            work.with().service(),
            service.runningCount(),
            former.desired(),
            new Arn(service.taskDefinition())));
  }

  @Override
  public void apply(Work<Ecs.ScaleService> work, Due due) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    if (new Obstacles(services).of(found).isPresent()) {
      return;
    }
    Scaling present = services.scaling(found.orElseThrow());
    Scaling wanted = Scaling.wanted(work, Scaling.former(work, present));
    if (due.is(Change.LIMITS) && !present.hasLimitsOf(wanted)) {
      services.limit(wanted.limits());
    }
    boolean holds = new Obstacles(services).limits(present, wanted).isEmpty();
    if (due.is(Change.SCALE)
        && holds
        && !present.runsAs(wanted)
        && !hasGrown(work, present, wanted)) {
      services.scale(present, wanted);
    }
  }

  /** The limits go first, or they would hold the former count off. */
  @Override
  public void undo(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find().filter(Services::isActive);
    if (work.call().made().isEmpty() || found.isEmpty()) {
      return;
    }
    Service service = found.get();
    Scaling present = services.scaling(service);
    Scaling former = Scaling.former(work, present);
    Scaling wanted = Scaling.wanted(work, former);
    boolean limited = work.made(Change.LIMITS).isPresent();
    if (limited && present.limits() != null && !present.limits().equals(former.limits())) {
      refuseForeign(services, present.hasLimitsOf(wanted), former);
      services.limit(former.limits());
      throw work.underWay("restoring the former limits of " + services.it(), Services.LOOK);
    }
    if (work.made(Change.SCALE).isPresent() && !present.runsAs(former)) {
      refuseForeign(services, isOurs(present, wanted, former, limited), former);
      services.scale(present, former);
      throw work.underWay("restoring the former count of " + services.it(), Services.LOOK);
    }
    if (work.made(Change.SCALE).isPresent()) {
      Rollout.of(services, service).awaitCount();
    }
  }

  /** Where Application Auto Scaling may set the count, any count may come of ours. */
  private static boolean isOurs(Scaling present, Scaling wanted, Scaling former, boolean limited) {
    boolean counted =
        present.desired() == wanted.desired()
            || present.desired() == former.desired()
            || present.limits() != null
            || limited;
    return counted
        && (present.taskDefinition().equals(wanted.taskDefinition())
            || present.taskDefinition().equals(former.taskDefinition()));
  }

  private static void refuseForeign(Services services, boolean ours, Scaling former) {
    if (!ours) {
      throw services
          .work()
          .refused(
              "somebody else has changed %s since; restore it by hand (%s)"
                  .formatted(services.it(), former.inWords()));
    }
  }

  @Override
  public Readiness check(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    Optional<String> obstacle = new Obstacles(services).ahead(found);
    return obstacle.isPresent()
        ? new Readiness(false, obstacle.get(), null)
        : readiness(services, found.orElseThrow());
  }

  private static Readiness readiness(Services services, Service service) {
    TaskImages images = TaskImages.of(services, service);
    return images
        .lack()
        .map(lack -> new Readiness(false, lack, null))
        .orElseGet(() ->
            new Readiness(
                true,
                "%s runs %d of %d tasks and can be set to %d%s"
                    .formatted(
                        services.it(),
                        service.runningCount(),
                        service.desiredCount(),
                        services.work().with().desired(),
                        images.says()),
                null));
  }
}
