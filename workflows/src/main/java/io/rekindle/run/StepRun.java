package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.OnFailure;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Problem;
import io.rekindle.run.StepState.Status;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
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
  private final StepActions actions;
  private final Notices notices;

  StepRun(Step step, RunPlan plan, RunBook book, Notices notices) {
    this.step = step;
    this.kind = RunPlan.kind(step);
    this.plan = plan;
    this.book = book;
    this.actions = new StepActions(step, plan, book);
    this.notices = notices;
  }

  /** How an attempt at the whole step ended. */
  private sealed interface Result {
    record Finished(Map<String, String> outputs) implements Result {}

    record Stuck(String why) implements Result {}

    /** A fence does not hold: traffic moves only when a person accepts that. */
    record Unfenced(String why) implements Result {}

    /** The run ends; the step stays where it is. */
    record Left() implements Result {}
  }

  void run() {
    Result result = begin();
    while (asks(result)) {
      result = afterDecision(result);
    }
    if (result instanceof Result.Finished finished) {
      finish(finished.outputs());
    } else if (book.is(step.id(), Status.RUNNING)) {
      book.change(step.id(), StepState::left);
    }
  }

  private Result begin() {
    StepState state = book.step(step.id());
    return DrillSteps.moves(step) && !step.fence() && !state.hasChanged()
        ? beginOfTraffic()
        : begin(state);
  }

  /** What waited for a person before it was continued as new, goes on waiting. */
  private Result begin(StepState state) {
    return state.status() == Status.BLOCKED
        ? new Result.Stuck(String.valueOf(state.note()))
        : attempt();
  }

  private Result beginOfTraffic() {
    List<Step> fences = plan.fencesBefore(step);
    Workflow.await(() ->
        book.isEnding()
            || fences.stream().allMatch(fence -> book.step(fence.id()).status().isOver()));
    List<String> open =
        fences.stream().map(Step::id).filter(id -> !book.is(id, Status.DONE)).toList();
    return open.isEmpty() || book.isUnfencedAccepted()
        ? begin(book.step(step.id()))
        : new Result.Unfenced(
            "the fence "
                + String.join(", ", open)
                + " was not achieved: the old side may still take writes. Retry accepts that");
  }

  /** Whether the step now waits for a person. */
  private boolean asks(Result result) {
    if (book.isEnding()) {
      return false;
    }
    return switch (result) {
      case Result.Finished finished -> false;
      case Result.Left left -> false;
      case Result.Unfenced unfenced -> block(unfenced.why());
      case Result.Stuck stuck -> !giveUp(stuck) && block(stuck.why());
    };
  }

  private boolean block(String why) {
    boolean known = book.is(step.id(), Status.BLOCKED);
    book.change(step.id(), state -> state.blocked(why));
    if (!known) {
      notices.tell(News.blocked(book, step.id(), why));
    }
    return true;
  }

  private void finish(Map<String, String> outputs) {
    if (!book.step(step.id()).status().isOver()) {
      book.change(step.id(), state -> state.over(Status.DONE, outputs, now(), null));
    }
    if (step.fence() && book.is(step.id(), Status.DONE)) {
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

  private Result afterDecision(Result asked) {
    Workflow.await(() ->
        book.isAnswered(step.id())
            || book.isEnding()
            || (asked instanceof Result.Unfenced && book.isUnfencedAccepted()));
    if (asked instanceof Result.Unfenced
        && book.isUnfencedAccepted()
        && !book.isAnswered(step.id())) {
      return attempt();
    }
    Optional<Decision> decision = book.takeAnswer(step.id());
    if (decision.isEmpty()) {
      return new Result.Left();
    }
    return switch (decision.get()) {
      case Decision.Retry retry -> {
        if (asked instanceof Result.Unfenced) {
          book.acceptUnfenced();
        }
        book.change(step.id(), state -> again(state, retry));
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

  private static StepState again(StepState state, Decision.Retry retry) {
    if (retry.anew()) {
      return state.anew(retry.set());
    }
    return retry.adopt() ? state.adopt(retry.set()) : state.again(retry.set());
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
    book.change(step.id(), state -> state.running(now()));
    try {
      return step.fence() && !answers()
          ? new Result.Stuck("its Region did not answer within " + Durations.format(FENCE_PATIENCE))
          : reconcile(new Pace(step.id(), book, budget()));
    } catch (ActivityFailure failure) {
      return failed(failure);
    } catch (CanceledFailure cancelled) {
      return new Result.Left();
    }
  }

  /** Whether the fence's Region says anything at all: a dead one is not waited for. */
  private boolean answers() {
    try {
      actions.observe(FENCE_PATIENCE, "look");
      return true;
    } catch (ActivityFailure failure) {
      return failure.getCause() instanceof ApplicationFailure said
          && !said.getType().equals(Failures.UNREACHABLE);
    }
  }

  private Duration budget() {
    return step.timeout() == null ? kind.budget() : step.timeout();
  }

  private Result reconcile(Pace pace) {
    while (!book.isEnding()) {
      Bound<Optional<Record>> bound = actions.bind();
      if (!bound.whole()) {
        return new Result.Stuck(
            bound.problems().stream().map(Problem::sentence).collect(Collectors.joining("; ")));
      }
      Observation seen = actions.observe(pace.left(), pace.isFresh() ? "look" : "look again");
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
          pace.awaitTurn(due);
          if (pace.isOutOfTime()) {
            return new Result.Stuck(late(stillToBeMade(due)));
          }
          if (!book.isEnding()) {
            book.change(step.id(), state -> state.begun(due, now()));
            actions.apply(due, pace.left());
            book.change(step.id(), state -> state.answered(due));
          }
        }
      }
    }
    return new Result.Left();
  }

  private String late(String why) {
    return "not done within " + Durations.format(budget()) + ": " + why;
  }

  private static String stillToBeMade(Observation.Due due) {
    return "the change '" + due.change() + "' is still to be made";
  }

  private Result failed(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      return new Result.Left();
    }
    boolean outOfTime =
        failure.getRetryState() == RetryState.RETRY_STATE_TIMEOUT
            || failure.getCause() instanceof TimeoutFailure;
    String why = StepActions.sentence(failure);
    if (!outOfTime) {
      return new Result.Stuck(why);
    }
    Result last = look(LAST_LOOK);
    return last instanceof Result.Finished || last instanceof Result.Left
        ? last
        : new Result.Stuck(late(why));
  }

  /** One fresh look, for which nothing is changed. */
  private Result look(Duration budget) {
    try {
      Observation seen = actions.observe(budget, "look");
      return switch (seen) {
        case Observation.Settled settled -> new Result.Finished(settled.outputs());
        case Observation.Foreign foreign ->
            new Result.Stuck("it exists already and is not ours: " + foreign.owner());
        case Observation.Broken broken -> new Result.Stuck(broken.why());
        case Observation.Due due -> new Result.Stuck(stillToBeMade(due));
      };
    } catch (ActivityFailure failure) {
      return failure.getCause() instanceof CanceledFailure
          ? new Result.Left()
          : new Result.Stuck(StepActions.sentence(failure));
    }
  }
}
