package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.step.Facts;
import io.rekindle.run.StepState.Status;
import io.rekindle.run.StepState.Work;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one step asks of its handler: look, change, take back. */
final class StepActions {
  private final Step step;
  private final Kind kind;
  private final RunPlan plan;
  private final RunBook book;
  private final Calls calls;

  StepActions(Step step, RunPlan plan, RunBook book) {
    this.step = step;
    this.kind = RunPlan.kind(step);
    this.plan = plan;
    this.book = book;
    this.calls = new Calls(plan, book);
  }

  /** Looks until there is an answer, and stops looking when the run ends. */
  Observation observe(Duration budget, String what) {
    return untilTheRunEnds(
        () -> Actions.observe(calls.step(step), budget, summary(what), plan.endOfLooks()));
  }

  /**
   * Makes one change; nothing stops it half-way. When the run ends, an attempt under way is let
   * out, and no other one follows.
   */
  void apply(Observation.Due due, Duration budget) {
    untilTheRunEnds(
        () -> Actions.apply(calls.step(step).applying(due), budget, summary(due.change())));
  }

  private <T> T untilTheRunEnds(Supplier<Promise<T>> action) {
    CompletablePromise<T> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(action.get()));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || book.isEnding());
    if (!answer.isCompleted()) {
      scope.cancel();
    }
    return answer.get();
  }

  /** Takes back what this step made, in every generation. Gives why it could not, or nothing. */
  Optional<String> undo() {
    if (kind.facts().undo() == Facts.Undo.ONE_WAY) {
      return Optional.of(kind.facts().undoing());
    }
    StepState state = book.step(step.id());
    List<Work> all = new ArrayList<>(state.former());
    all.add(state.work());
    try {
      for (Work each : all.reversed()) {
        if (!each.made().isEmpty()) {
          Actions.undo(
                  calls.step(step, each),
                  kind.budget(),
                  summary(all.size() > 1 ? "undo of generation " + each.generation() : "undo"))
              .get();
        }
      }
      book.change(step.id(), was -> was.over(Status.UNDONE, Map.of(), now(), "undone"));
      return Optional.empty();
    } catch (ActivityFailure failure) {
      return Optional.of(sentence(failure));
    }
  }

  /** What went wrong, as the handler said it. */
  static String sentence(ActivityFailure failure) {
    if (failure.getCause() instanceof ApplicationFailure said) {
      return said.getOriginalMessage();
    }
    return String.valueOf(
        failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage());
  }

  Bound<Optional<Record>> bind() {
    return Binding.bind(kind, calls.given(step), plan.words(book), step.id());
  }

  private String summary(String what) {
    return Visibility.summary(step.id() + ": " + what);
  }
}
