package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionKey;
import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Facts;
import io.rekindle.run.StepState.Status;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one step asks of its handler: look, change, take back. */
final class StepActions {
  private final Step step;
  private final Kind kind;
  private final RunPlan plan;
  private final RunBook book;

  StepActions(Step step, RunPlan plan, RunBook book) {
    this.step = step;
    this.kind = RunPlan.kind(step);
    this.plan = plan;
    this.book = book;
  }

  /**
   * Looks until there is an answer, and stops looking when the run ends; a change is never
   * cancelled.
   */
  Observation observe(Duration budget, String what) {
    CompletablePromise<Observation> seen = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> seen.completeFrom(Actions.observe(call(), budget, summary(what))));
    scope.run();
    Workflow.await(() -> seen.isCompleted() || book.isEnding());
    if (!seen.isCompleted()) {
      scope.cancel();
    }
    return seen.get();
  }

  /** Makes one change; nothing stops it half-way. */
  void apply(Observation.Due due, Duration budget) {
    Actions.apply(call().applying(due), budget, summary(due.change())).get();
  }

  /** Takes back what this step made, in every generation. Gives why it could not, or nothing. */
  Optional<String> undo() {
    if (kind.facts().undo() == Facts.Undo.ONE_WAY) {
      return Optional.of(kind.facts().undoing());
    }
    StepState state = book.step(step.id());
    List<StepState.Former> all = new ArrayList<>(state.former());
    all.add(new StepState.Former(state.generation(), state.made()));
    try {
      for (StepState.Former each : all.reversed()) {
        if (!each.made().isEmpty()) {
          Actions.undo(
                  call(each.generation(), each.made()),
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

  private Node given() {
    return RunPlan.given(step, book.step(step.id()).corrected());
  }

  Bound<Optional<Record>> bind() {
    return Binding.bind(kind, given(), plan.words(book), step.id());
  }

  private ActionCall call() {
    StepState state = book.step(step.id());
    return call(state.generation(), state.made());
  }

  private ActionCall call(int generation, List<Observation.Due> made) {
    Optional<Region> region = plan.region(step);
    JsonNode with = Trees.json(Binding.resolve(given(), plan.words(book)));
    return new ActionCall(
        kind.name(),
        with,
        new ActionKey(book.application(), book.run(), step.id(), generation),
        false,
        region.map(each -> each.region().value()).orElse(""),
        region.map(Region::role).map(Object::toString).orElse(null),
        book.pins(step.id()),
        null,
        made,
        now());
  }

  private String summary(String what) {
    return step.id() + ": " + what;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
