package io.rekindle.action.aws.lambda;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.FormerTexts;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.Configure.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
final class Configure implements ActionHandler<Lambda.Configure> {
  @Override
  public Class<Lambda.Configure> declaration() {
    return Lambda.Configure.class;
  }

  private static Optional<SeenFunction> find(Work<Lambda.Configure> work) {
    return SeenFunction.find(work, work.with().function());
  }

  @Override
  public Observation observe(Work<Lambda.Configure> work) {
    Optional<SeenFunction> found = find(work);
    Optional<String> obstacle = obstacle(work, found);
    if (obstacle.isPresent()) {
      return new Broken(obstacle.get());
    }
    SeenFunction function = found.orElseThrow();
    awaitUpdate(work, function);
    Optional<String> failure = function.failedUpdate();
    if (failure.isPresent() && work.isAnswered(Change.CONFIGURE)) {
      return new Broken(
          failure.get()
              + "; it runs with its former variables. Fix that, then start over (retry --anew)");
    }
    Variables variables = new Variables(work, function);
    return variables.areSet()
        ? Settled.of(
            new Lambda.Configure.Outputs(
                function.shown().functionName(),
                new Arn(function.shown().functionArn()),
                function.shown().revisionId()))
        : variables.former().due(Change.CONFIGURE);
  }

  private static Optional<String> obstacle(
      Work<Lambda.Configure> work, Optional<SeenFunction> found) {
    return found
        .map(function -> function.loss().or(new Variables(work, function)::obstacle))
        .orElseGet(() -> Optional.of(SeenFunction.missing(work, work.with().function())));
  }

  /** AWS takes one change after another. One that is idle can be altered. */
  private static void awaitUpdate(Work<Lambda.Configure> work, SeenFunction function) {
    boolean over = function.isReady() || function.hasFailedToUpdate();
    boolean idle = function.isInactive() && !function.lastUpdate().equals("InProgress");
    if (!over && !idle) {
      throw work.underWay(function.progress(), SeenFunction.LOOK);
    }
  }

  @Override
  public void apply(Work<Lambda.Configure> work, Due due) {
    Optional<SeenFunction> found = find(work);
    if (obstacle(work, found).isPresent()) {
      return;
    }
    SeenFunction function = found.orElseThrow();
    Variables variables = new Variables(work, function);
    if (!variables.areSet()) {
      awaitUpdate(work, function);
      variables.set();
    }
  }

  @Override
  public void undo(Work<Lambda.Configure> work) {
    Optional<Due> made = work.made(Change.CONFIGURE);
    Optional<SeenFunction> found = find(work);
    if (made.isEmpty() || found.isEmpty()) {
      return;
    }
    SeenFunction function = found.get();
    Variables variables = new Variables(work, function);
    FormerTexts former = FormerTexts.of(made.get());
    function
        .loss()
        .or(variables::hidden)
        .ifPresent(obstacle -> {
          throw work.refused(obstacle);
        });
    awaitUpdate(work, function);
    if (!former.holdIn(variables.present()) || function.hasFailedToUpdate()) {
      refuseForeign(work, variables, former);
      variables.restore(former);
      throw work.underWay("restoring the former variables of " + function.it(), SeenFunction.LOOK);
    }
  }

  private static void refuseForeign(
      Work<Lambda.Configure> work, Variables variables, FormerTexts former) {
    former
        .foreign(variables.present(), work.with().environment())
        .ifPresent(name -> {
          throw work.refused(
              "somebody else has set the variable %s of %s since; it is left as it is"
                  .formatted(name, variables.function().it()));
        });
  }

  @Override
  public Readiness check(Work<Lambda.Configure> work) {
    Optional<SeenFunction> found = find(work);
    return obstacle(work, found)
        .map(obstacle -> new Readiness(false, obstacle, null))
        .orElseGet(() -> readiness(new Variables(work, found.orElseThrow())));
  }

  private static Readiness readiness(Variables variables) {
    return new Readiness(
        true,
        "%s, and %d of %d variables differ"
            .formatted(
                variables.function().progress(),
                variables.differing(),
                variables.work().with().environment().size()),
        null);
  }
}
