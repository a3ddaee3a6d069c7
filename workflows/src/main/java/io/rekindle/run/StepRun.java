package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.Step.OnFailure;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step, until it is over; when it cannot go on, a person is asked. Nothing is ever torn down
 * because time ran out.
 */
final class StepRun {
  private final Run run;
  private final Step step;
  private final RunBook book;
  private final Reconciliation reconciliation;
  private final List<Step> fences;

  StepRun(Run run, Step step) {
    this.run = run;
    this.step = step;
    this.fences = run.plan().fencesBefore(step);
    this.book = run.book();
    this.reconciliation = new Reconciliation(run, step);
  }

  void perform() {
    Result result = begin();
    while (asks(result)) {
      result = afterDecision(result);
    }
    if (result instanceof Result.Finished finished) {
      finish(finished.outputs());
    } else if (book.is(step.id(), Status.RUNNING) && book.isEnding()) {
      book.change(step.id(), StepState::left);
    }
  }

  /** What waited for a person before it was continued as new, goes on waiting. */
  private Result begin() {
    StepState state = book.step(step.id());
    if (state.status() != Status.BLOCKED) {
      return attempt();
    }
    String why = Objects.requireNonNull(state.note());
    return unfenced().isEmpty() ? new Result.Stuck(why) : new Result.Unfenced(why);
  }

  /** Tries, unless traffic would move over a fence about which nobody has answered. */
  private Result attempt() {
    Workflow.await(() -> book.isEnding() || fences.stream().allMatch(this::isOver));
    return unfenced().isEmpty()
        ? reconciliation.attempt()
        : new Result.Unfenced(unfenced(unfenced()));
  }

  /** What was left out of the run is not waited for. */
  private boolean isOver(Step fence) {
    return !book.has(fence.id()) || book.isOver(fence);
  }

  /** The fences that do not hold, and of which nobody accepts that. */
  private List<Step> unfenced() {
    return fences.stream()
        .filter(fence -> !book.fences().holds(fence) && !book.fences().isWaived(fence))
        .toList();
  }

  private static String unfenced(List<Step> open) {
    return (open.size() == 1 ? "the fence " : "the fences ")
        + open.stream().map(fence -> "'" + fence.id() + "'").collect(Collectors.joining(" and "))
        + (open.size() == 1 ? " was" : " were")
        + " not achieved: the old side may still take writes; retry accepts that";
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
      run.notices().tell(News.blocked(book, step.id(), why));
    }
    return true;
  }

  private void finish(Map<String, String> outputs) {
    if (!book.isOver(step)) {
      book.change(step.id(), state -> state.over(Status.DONE, outputs, now(), null));
    }
    if (step.fence() && run.plan().fencesHold(book)) {
      book.fences().hold(now());
    }
  }

  /** Whether the run goes on, or ends, without asking. */
  private boolean giveUp(Result.Stuck stuck) {
    if (run.terms().mayFail(step)) {
      book.change(step.id(), state -> state.over(Status.GAVE_UP, Map.of(), now(), stuck.why()));
      if (stuck.passes() && run.plan().isFenceOfOutage(step)) {
        book.fences().leaveOpen(step.id(), now());
      }
      return true;
    }
    return switch (onFailure()) {
      case ASK -> false;
      case ABORT -> {
        book.change(step.id(), state -> state.blocked(stuck.why()));
        book.end(run.terms().failed(), "step '" + step.id() + "' failed: " + stuck.why(), false);
        yield true;
      }
    };
  }

  /** Once traffic is on its way home there is nothing to turn back to. */
  private OnFailure onFailure() {
    return run.plan().isPastTurningBack(book) ? OnFailure.ASK : run.terms().onFailure(step);
  }

  private Result afterDecision(Result asked) {
    boolean unfenced = asked instanceof Result.Unfenced;
    Workflow.await(() ->
        book.meanwhile().isAnswered(step.id())
            || book.isEnding()
            || unfenced && unfenced().isEmpty());
    if (unfenced && unfenced().isEmpty() && !book.meanwhile().isAnswered(step.id())) {
      return attempt();
    }
    Optional<Decision.AboutStep> decision = book.meanwhile().takeAnswer(step.id());
    return decision.isEmpty() ? new Result.Left() : obey(decision.get(), unfenced);
  }

  private Result obey(Decision.AboutStep decision, boolean unfenced) {
    return switch (decision) {
      case Decision.Retry retry -> {
        if (unfenced) {
          book.fences().waive(unfenced());
        }
        if (step.kind().choosesPoint(retry.set().keySet())) {
          book.unpin(step.id());
        }
        book.change(step.id(), state -> state.retried(retry, step.kind().thing()));
        yield attempt();
      }
      case Decision.Skip skip -> {
        book.change(step.id(), state -> state.skipped(skip, now()));
        yield new Result.Finished(skip.outputs());
      }
      case Decision.Done done -> confirmed(done);
    };
  }

  /** A person says it is done; only a look can say so too. */
  private Result confirmed(Decision.Done done) {
    return switch (reconciliation.confirm()) {
      case Result.Finished finished -> {
        book.change(step.id(), state -> state.confirmed(done, finished.outputs(), now()));
        yield finished;
      }
      case Result.Stuck stuck -> {
        String why = "reported as done, but AWS does not show it: " + stuck.why();
        List<Step> open = unfenced();
        yield open.isEmpty()
            ? new Result.Stuck(why)
            : new Result.Unfenced(why + "; " + unfenced(open));
      }
      case Result.Unfenced unfenced -> unfenced;
      case Result.Left left when book.isEnding() -> left;
      case Result.Left left ->
          new Result.Stuck("reported as done, and not looked at yet; report it once more");
    };
  }
}
