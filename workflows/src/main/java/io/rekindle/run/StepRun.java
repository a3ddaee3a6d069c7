package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step, until it is over; when it cannot go on, a person is asked. Nothing is ever torn down
 * because time ran out.
 */
final class StepRun {
  private final Run run;
  private final StepGraph graph;
  private final Step step;
  private final RunBook book;
  private final Reconciliation reconciliation;

  StepRun(Run run, StepGraph graph, Step step) {
    this.run = run;
    this.graph = graph;
    this.step = step;
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

  private Result begin() {
    return book.step(step.id()).hasChanged() ? resume() : awaitFences().orElseGet(this::resume);
  }

  /** What waited for a person before it was continued as new, goes on waiting. */
  private Result resume() {
    StepState state = book.step(step.id());
    return state.status() == Status.BLOCKED
        ? new Result.Stuck(String.valueOf(state.note()))
        : reconciliation.attempt();
  }

  /** Gives what keeps a step that moves traffic from doing so, or nothing. */
  private Optional<Result> awaitFences() {
    List<Step> fences = graph.fencesBefore(step);
    if (!fences.isEmpty()) {
      Workflow.await(() -> book.isEnding() || fences.stream().allMatch(book::isOver));
    }
    List<String> open =
        fences.stream().map(Step::id).filter(id -> !book.is(id, Status.DONE)).toList();
    return open.isEmpty() || book.isUnfencedAccepted()
        ? Optional.empty()
        : Optional.of(
            new Result.Unfenced(
                (open.size() == 1 ? "the fence " : "the fences ")
                    + open.stream()
                        .map(fence -> "'" + fence + "'")
                        .collect(Collectors.joining(" and "))
                    + (open.size() == 1 ? " was" : " were")
                    + " not achieved: the old side may still take writes; retry accepts that"));
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
      book.fenced(now());
    }
  }

  /** Whether the run goes on, or ends, without asking. */
  private boolean giveUp(Result.Stuck stuck) {
    if (run.terms().mayFail(step)) {
      book.change(step.id(), state -> state.over(Status.GAVE_UP, Map.of(), now(), stuck.why()));
      return true;
    }
    return switch (run.terms().onFailure(step)) {
      case ASK -> false;
      case ABORT -> {
        book.change(step.id(), state -> state.blocked(stuck.why()));
        book.end(Outcome.ABORTED, "step '" + step.id() + "' failed: " + stuck.why(), false);
        yield true;
      }
    };
  }

  private Result afterDecision(Result asked) {
    boolean unfenced = asked instanceof Result.Unfenced;
    Workflow.await(() ->
        book.isAnswered(step.id()) || book.isEnding() || unfenced && book.isUnfencedAccepted());
    if (unfenced && book.isUnfencedAccepted() && !book.isAnswered(step.id())) {
      return reconciliation.attempt();
    }
    Optional<Decision.AboutStep> decision = book.takeAnswer(step.id());
    return decision.isEmpty() ? new Result.Left() : obey(decision.get(), unfenced);
  }

  private Result obey(Decision.AboutStep decision, boolean unfenced) {
    return switch (decision) {
      case Decision.Retry retry -> {
        if (unfenced) {
          book.acceptUnfenced();
        }
        if (step.kind().choosesPoint(retry.set().keySet())) {
          book.unpin(step.id());
        }
        book.change(step.id(), state -> state.retried(retry));
        yield reconciliation.attempt();
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
        Map<String, String> outputs = new HashMap<>(finished.outputs());
        outputs.putAll(done.outputs());
        yield new Result.Finished(outputs);
      }
      case Result.Stuck stuck ->
          new Result.Stuck("reported as done, but AWS does not show it: " + stuck.why());
      case Result.Unfenced unfenced -> unfenced;
      case Result.Left left when book.isEnding() -> left;
      case Result.Left left ->
          new Result.Stuck("reported as done, and not looked at yet; report it once more");
    };
  }
}
