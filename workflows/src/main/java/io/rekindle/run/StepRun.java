package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionKey;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.OnFailure;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.run.StepState.Status;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step: look, make the one due change, look again, until it is settled; when it cannot go on,
 * ask. Nothing is ever torn down because time ran out.
 */
final class StepRun {
  private static final Duration FENCE_PATIENCE = Duration.ofSeconds(25);
  private static final Duration LAST_LOOK = Duration.ofMinutes(2);

  private final Step step;
  private final Kind kind;
  private final RunPlan plan;
  private final RunBook book;

  StepRun(Step step, RunPlan plan, RunBook book) {
    this.step = step;
    this.kind = RunPlan.kind(step);
    this.plan = plan;
    this.book = book;
  }

  /** How an attempt at the whole step ended. */
  private sealed interface Result {
    record Finished(Map<String, String> outputs) implements Result {}

    record Stuck(String why) implements Result {}

    /** The run ends; the step stays where it is. */
    record Left() implements Result {}
  }

  void run() {
    book.change(step.id(), state -> state.running(now()));
    Result result = attempt();
    while (result instanceof Result.Stuck stuck && !giveUp(stuck)) {
      book.change(step.id(), state -> state.blocked(stuck.why()));
      result = afterDecision();
    }
    if (result instanceof Result.Finished finished) {
      finish(finished.outputs());
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private void finish(Map<String, String> outputs) {
    if (!book.step(step.id()).status().isOver()) {
      book.change(step.id(), state -> state.over(Status.DONE, outputs, now(), null));
    }
    if (step.fence()) {
      book.fenced(now());
    }
  }

  /** Whether the run goes on, or ends, without asking. */
  private boolean giveUp(Result.Stuck stuck) {
    if (step.mayFail() && !(step.fence() && plan.mode() == Mode.PLANNED)) {
      book.change(step.id(), state -> state.over(Status.GAVE_UP, Map.of(), now(), stuck.why()));
      return true;
    }
    if (step.onFailure() == OnFailure.ABORT) {
      book.change(step.id(), state -> state.blocked(stuck.why()));
      book.end(Outcome.ABORTED, "step '" + step.id() + "' failed: " + stuck.why(), false);
      return true;
    }
    return false;
  }

  private Result afterDecision() {
    Workflow.await(() -> book.isAnswered(step.id()) || book.isEnding());
    Optional<Decision> decision = book.takeAnswer(step.id());
    if (decision.isEmpty()) {
      return new Result.Left();
    }
    return switch (decision.get()) {
      case Decision.Retry retry -> {
        book.change(step.id(), state -> state.again(retry.anew(), retry.set()));
        yield attempt();
      }
      case Decision.Skip skip -> {
        String who = skip.by() == null ? "" : " by " + skip.by();
        book.change(
            step.id(),
            state ->
                state.over(
                    Status.SKIPPED, skip.outputs(), now(), "skipped" + who + ": " + skip.reason()));
        yield new Result.Finished(skip.outputs());
      }
      case Decision.Done done -> confirmed(done);
      case Decision.Approve approve -> attempt();
      case Decision.Reject other -> new Result.Left();
      case Decision.Pause other -> new Result.Left();
      case Decision.Resume other -> new Result.Left();
      case Decision.Abort other -> new Result.Left();
      case Decision.Close other -> new Result.Left();
      case Decision.Failback other -> new Result.Left();
    };
  }

  /** A person says it is done; only a look can say so too. */
  private Result confirmed(Decision.Done done) {
    book.change(step.id(), state -> state.running(now()));
    Result seen = look(LAST_LOOK);
    if (seen instanceof Result.Finished finished) {
      Map<String, String> outputs = new HashMap<>(finished.outputs());
      outputs.putAll(done.outputs());
      return new Result.Finished(outputs);
    }
    return seen instanceof Result.Stuck stuck
        ? new Result.Stuck("it is said to be done, but a look did not confirm it: " + stuck.why())
        : seen;
  }

  private Result attempt() {
    try {
      return step.fence() && plan.mode() == Mode.OUTAGE && !answers()
          ? new Result.Stuck("its Region did not answer within " + Durations.format(FENCE_PATIENCE))
          : reconcile(now().plus(budget()));
    } catch (ActivityFailure failure) {
      return failed(failure);
    } catch (CanceledFailure cancelled) {
      return new Result.Left();
    }
  }

  /** Whether the fence's Region says anything at all: a dead one is not waited for. */
  private boolean answers() {
    try {
      observed(FENCE_PATIENCE, summary("look"));
      return true;
    } catch (ActivityFailure failure) {
      return failure.getCause() instanceof ApplicationFailure said
          && (said.getType().equals(Failures.IN_PROGRESS) || said.isNonRetryable());
    }
  }

  private Duration budget() {
    return step.timeout() == null ? kind.budget() : step.timeout();
  }

  private Result reconcile(Instant deadline) {
    int changes = 0;
    while (!book.isEnding()) {
      Bound<Optional<Record>> bound = bind();
      if (!bound.whole()) {
        return new Result.Stuck(
            bound.problems().stream().map(Problem::sentence).collect(Collectors.joining("; ")));
      }
      Observation seen = observed(left(deadline), summary(changes == 0 ? "look" : "look again"));
      switch (seen) {
        case Observation.Settled settled -> {
          return new Result.Finished(settled.outputs());
        }
        case Observation.Foreign foreign -> {
          return new Result.Stuck("it exists already and is not ours: " + foreign.owner());
        }
        case Observation.Broken broken -> {
          return new Result.Stuck(broken.why());
        }
        case Observation.Due due -> {
          Workflow.await(() -> !book.isPaused() || book.isEnding());
          if (!book.isEnding()) {
            book.change(step.id(), state -> state.begun(due));
            changes++;
            Actions.apply(call().applying(due), left(deadline), summary(due.change())).get();
          }
        }
      }
    }
    return new Result.Left();
  }

  /**
   * Looks until there is an answer, and stops looking when the run ends; a change is never
   * cancelled.
   */
  private Observation observed(Duration budget, String summary) {
    CompletablePromise<Observation> seen = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> seen.completeFrom(Actions.observe(call(), budget, summary)));
    scope.run();
    Workflow.await(() -> seen.isCompleted() || book.isEnding());
    if (!seen.isCompleted()) {
      scope.cancel();
    }
    return seen.get();
  }

  private static Duration left(Instant deadline) {
    Duration left = Duration.between(now(), deadline);
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  private Result failed(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      return new Result.Left();
    }
    boolean outOfTime =
        failure.getRetryState() == RetryState.RETRY_STATE_TIMEOUT
            || failure.getCause() instanceof TimeoutFailure;
    String why = sentence(failure);
    if (!outOfTime) {
      return new Result.Stuck(why);
    }
    Result last = look(LAST_LOOK);
    return last instanceof Result.Finished
        ? last
        : new Result.Stuck("not done within " + Durations.format(budget()) + ": " + why);
  }

  /** One fresh look, for which nothing is changed. */
  private Result look(Duration budget) {
    try {
      Observation seen = observed(budget, summary("look"));
      return switch (seen) {
        case Observation.Settled settled -> new Result.Finished(settled.outputs());
        case Observation.Foreign foreign ->
            new Result.Stuck("it exists already and is not ours: " + foreign.owner());
        case Observation.Broken broken -> new Result.Stuck(broken.why());
        case Observation.Due due ->
            new Result.Stuck("the change '" + due.change() + "' is still to be made");
      };
    } catch (ActivityFailure failure) {
      return new Result.Stuck(sentence(failure));
    }
  }

  private static String sentence(ActivityFailure failure) {
    if (failure.getCause() instanceof ApplicationFailure said) {
      return said.getOriginalMessage();
    }
    return String.valueOf(
        failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage());
  }

  private Node given() {
    return RunPlan.given(step, book.step(step.id()).corrected());
  }

  private Bound<Optional<Record>> bind() {
    return Binding.bind(kind, given(), plan.words(book), step.id());
  }

  private ActionCall call() {
    StepState state = book.step(step.id());
    Optional<Region> region = plan.region(step);
    JsonNode with = Trees.json(Binding.resolve(given(), plan.words(book)));
    return new ActionCall(
        kind.name(),
        with,
        new ActionKey(book.application(), book.run(), step.id(), state.generation()),
        false,
        region.map(each -> each.region().value()).orElse(""),
        region.map(Region::role).map(Object::toString).orElse(null),
        book.pins(step.id()),
        null,
        state.made(),
        now());
  }

  private String summary(String what) {
    return step.id() + ": " + what;
  }

  /** Takes back what this step made. Gives why it could not, or nothing. */
  Optional<String> undo() {
    List<Observation.Due> made = book.step(step.id()).made();
    if (made.isEmpty()) {
      return Optional.empty();
    }
    try {
      CancellationScope scope =
          Workflow.newDetachedCancellationScope(
              () -> Actions.undo(call(), kind.budget(), summary("undo")).get());
      scope.run();
      book.change(step.id(), state -> state.over(Status.UNDONE, Map.of(), now(), "undone"));
      return Optional.empty();
    } catch (ActivityFailure failure) {
      return Optional.of(sentence(failure));
    }
  }
}
