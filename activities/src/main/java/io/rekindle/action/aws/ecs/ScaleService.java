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
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/** What it was is recorded before the first change: the limits alone may move the count. */
@Singleton
final class ScaleService implements ActionHandler<Ecs.ScaleService> {
  /** So many tasks in a row fail only when there is a reason that stays. */
  private static final int FAILURES = 3;

  @Override
  public Class<Ecs.ScaleService> declaration() {
    return Ecs.ScaleService.class;
  }

  @Override
  public Observation observe(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    Optional<String> lack = lack(services, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    Service service = found.orElseThrow();
    Scaling present = services.scaling(service);
    Scaling former = Scaling.former(work, present);
    Scaling wanted = Scaling.wanted(work, former);
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

  private static Optional<String> lack(Services services, Optional<Service> found) {
    if (found.isEmpty()) {
      return Optional.of(services.it() + " does not exist");
    }
    if (!"ACTIVE".equals(found.get().status())) {
      return Optional.of(services.it() + " is '" + found.get().status() + "': it was deleted");
    }
    if (found.get().schedulingStrategy() == SchedulingStrategy.DAEMON) {
      return Optional.of(services.it() + " is a daemon service, whose count nobody sets");
    }
    boolean balanced =
        found.get().loadBalancers().stream().anyMatch(each -> each.targetGroupArn() != null);
    return services.work().with().minHealthyTargets() > 0 && !balanced
        ? Optional.of(services.it() + " has no target group: leave minHealthyTargets out")
        : Optional.empty();
  }

  /** Whether Application Auto Scaling has added tasks to those that were asked for. */
  private static boolean hasGrown(Work<Ecs.ScaleService> work, Scaling present, Scaling wanted) {
    return work.isAnswered(Change.SCALE)
        && present.limits() != null
        && wanted.desired() > 0
        && present.desired() > wanted.desired()
        && present.taskDefinition().equals(wanted.taskDefinition());
  }

  /** Who undid what AWS had accepted, if it was AWS itself: repeating it would be a quarrel. */
  private static Optional<String> takenBack(
      Work<Ecs.ScaleService> work, Scaling present, Scaling wanted, Service service) {
    if (!work.isAnswered(Change.SCALE)) {
      return Optional.empty();
    }
    String it = new Services(work).it();
    if (!present.taskDefinition().equals(wanted.taskDefinition())) {
      return Optional.of(
          "%s was taken back from %s to %s: %s. Mend that, then begin anew (retry --anew)"
              .formatted(
                  it,
                  wanted.taskDefinition(),
                  present.taskDefinition(),
                  StoppedTasks.of(work).reasons(service)));
    }
    return present.permits(wanted.desired())
        ? Optional.empty()
        : Optional.of(
            "%s was set to %d tasks, but Application Auto Scaling has limits that forbid it and set"
                    .formatted(it, wanted.desired())
                + " it to %d: give the step limits too (autoscaling)".formatted(present.desired()));
  }

  private static Observation progress(
      Work<Ecs.ScaleService> work, Service service, Scaling former) {
    Services services = new Services(work);
    if (hasFailed(service, former)) {
      return new Broken(
          ("the tasks of %s do not stay up, %d of %d run: %s. Mend that, let it try again (aws ecs"
                  + " update-service --force-new-deployment), then retry")
              .formatted(
                  services.it(),
                  service.runningCount(),
                  service.desiredCount(),
                  StoppedTasks.of(work).reasons(service)));
    }
    awaitCount(services, service);
    int least = work.with().minHealthyTargets();
    int healthy = least == 0 ? 0 : services.healthyTargets(service);
    if (healthy < least) {
      throw work.underWay(
          "%d targets of %s are healthy, and %d must be".formatted(healthy, services.it(), least),
          Services.LOOK);
    }
    return Settled.of(
        new Ecs.ScaleService.Outputs(
            work.with().cluster(),
            work.with().service(),
            service.runningCount(),
            former.desired(),
            new Arn(service.taskDefinition())));
  }

  private static boolean hasFailed(Service service, Scaling former) {
    boolean gaveUp =
        service.deployments().stream()
            .filter(each -> "PRIMARY".equals(each.status()))
            .anyMatch(each -> each.rolloutState() == DeploymentRolloutState.FAILED);
    int failed = Scaling.failedTasks(service);
    int ours = failed >= former.failedTasks() ? failed - former.failedTasks() : failed;
    return (gaveUp && service.desiredCount() > 0)
        || (ours >= FAILURES && service.runningCount() < service.desiredCount());
  }

  private static void awaitCount(Services services, Service service) {
    boolean counted =
        service.runningCount().equals(service.desiredCount()) && service.pendingCount() == 0;
    boolean deployed =
        service.desiredCount() == 0
            || (service.deployments().size() <= 1
                && service.deployments().stream().allMatch(ScaleService::isDeployed));
    if (!counted || !deployed) {
      throw services
          .work()
          .underWay(
              "%s runs %d of %d tasks%s"
                  .formatted(
                      services.it(),
                      service.runningCount(),
                      service.desiredCount(),
                      deployed ? "" : ", and its deployment goes on"),
              Services.LOOK);
    }
    long stopping =
        service.desiredCount() == 0 ? StoppedTasks.of(services.work()).stillRunning() : 0;
    if (stopping > 0) {
      throw services
          .work()
          .underWay(stopping + " tasks of " + services.it() + " are stopping", Services.LOOK);
    }
  }

  /** Deployments that another controller makes have no such state. */
  private static boolean isDeployed(Deployment deployment) {
    return deployment.rolloutState() == null
        || deployment.rolloutState() == DeploymentRolloutState.COMPLETED;
  }

  @Override
  public void apply(Work<Ecs.ScaleService> work, Due due) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    if (lack(services, found).isPresent()) {
      return;
    }
    Scaling present = services.scaling(found.orElseThrow());
    Scaling wanted = Scaling.wanted(work, Scaling.former(work, present));
    if (due.is(Change.LIMITS) && !present.hasLimitsOf(wanted)) {
      services.limit(wanted.limits());
    }
    if (due.is(Change.SCALE) && !present.runsAs(wanted) && !hasGrown(work, present, wanted)) {
      services.scale(present, wanted);
    }
  }

  /** The limits go first, or they would hold the former count off. */
  @Override
  public void undo(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find().filter(each -> "ACTIVE".equals(each.status()));
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
      throw work.underWay("the former limits of " + services.it() + " are back", Services.LOOK);
    }
    if (work.made(Change.SCALE).isPresent() && !present.runsAs(former)) {
      refuseForeign(services, isOurs(present, wanted, former, limited), former);
      services.scale(present, former);
      throw work.underWay("the former count of " + services.it() + " is put back", Services.LOOK);
    }
    if (work.made(Change.SCALE).isPresent()) {
      awaitCount(services, service);
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
              "%s was changed by somebody else meanwhile: put back by hand what it was (%s)"
                  .formatted(services.it(), former.inWords()));
    }
  }

  @Override
  public Readiness check(Work<Ecs.ScaleService> work) {
    Services services = new Services(work);
    Optional<Service> found = services.find();
    Optional<String> lack =
        lack(services, found)
            .or(() -> forbidden(work, services, found.orElseThrow()))
            .or(() -> taskDefinition(work));
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "%s runs %d of %d tasks and can be set to %d"
                .formatted(
                    services.it(),
                    found.orElseThrow().runningCount(),
                    found.orElseThrow().desiredCount(),
                    work.with().desired())),
        null);
  }

  private static Optional<String> forbidden(
      Work<Ecs.ScaleService> work, Services services, Service service) {
    return work.with().autoscaling() != null
            || services.scaling(service).permits(work.with().desired())
        ? Optional.empty()
        : Optional.of(
            "%s is governed by Application Auto Scaling, whose limits forbid %d tasks: give new ones"
                    .formatted(services.it(), work.with().desired())
                + " (autoscaling)");
  }

  private static Optional<String> taskDefinition(Work<Ecs.ScaleService> work) {
    if (work.with().taskDefinition() == null) {
      return Optional.empty();
    }
    String arn = work.with().taskDefinition().value();
    try {
      String status =
          new Services(work)
              .ecs()
              .describeTaskDefinition(request -> request.taskDefinition(arn))
              .taskDefinition()
              .statusAsString();
      return "ACTIVE".equals(status)
          ? Optional.empty()
          : Optional.of("the task definition " + arn + " is " + status);
    } catch (EcsException refused) {
      if (!"ClientException".equals(refused.awsErrorDetails().errorCode())) {
        throw refused;
      }
      return Optional.of("there is no task definition " + arn);
    }
  }
}
