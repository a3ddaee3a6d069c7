package io.rekindle.run;

import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Async;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the steps of a section, each as soon as all that it needs is over. */
final class PlaybookRun {
  private final StepGraph graph;
  private final RunPlan plan;
  private final RunBook book;
  private final GateRun.Assessment assessment;
  private final Set<String> started = new HashSet<>();
  private int underWay;

  PlaybookRun(StepGraph graph, RunPlan plan, RunBook book, GateRun.Assessment assessment) {
    this.graph = graph;
    this.plan = plan;
    this.book = book;
    this.assessment = assessment;
  }

  /** Comes back when every step is over, or when the run ends and nothing is under way any more. */
  void play() {
    while (!isOver()) {
      ready().forEach(this::start);
      Workflow.await(() -> isOver() || !ready().isEmpty());
    }
  }

  private boolean isOver() {
    return underWay == 0
        && (book.isEnding()
            || graph.steps().stream().allMatch(step -> book.step(step.id()).status().isOver()));
  }

  private List<Step> ready() {
    if (book.isEnding() || book.isPaused()) {
      return List.of();
    }
    return graph.inOrder().stream()
        .filter(step -> !started.contains(step.id()))
        .filter(step -> !book.step(step.id()).status().isOver())
        .filter(step ->
            graph.needsOf(step.id()).stream().allMatch(need -> book.step(need).status().isOver()))
        .toList();
  }

  private void start(Step step) {
    started.add(step.id());
    underWay++;
    Async.procedure(() -> perform(step))
        .handle((done, failure) -> {
          underWay--;
          if (failure != null) {
            throw failure;
          }
          return done;
        });
  }

  private void perform(Step step) {
    Kind kind = RunPlan.kind(step);
    if (kind.isApproval()) {
      new GateRun(step, plan, book, assessment).run();
    } else if (kind.type() == Control.Wait.class) {
      pass(step);
    } else if (!DrillSteps.moves(step) || fenced(step)) {
      new StepRun(step, plan, book).run();
    }
  }

  private void pass(Step step) {
    book.change(step.id(), state -> state.running(now()));
    Control.Wait wait =
        io.rekindle.plan.Binding.bind(RunPlan.kind(step), step.with(), plan.words(book), step.id())
            .value()
            .map(Control.Wait.class::cast)
            .orElseThrow();
    var passed =
        Workflow.newTimer(wait.duration(), TimerOptions.newBuilder().setSummary(step.id()).build());
    Workflow.await(() -> passed.isCompleted() || book.isEnding());
    if (passed.isCompleted()) {
      book.change(step.id(), state -> state.over(Status.DONE, Map.of(), now(), null));
    }
  }

  /**
   * Before the first traffic step: asks, when a fence was not achieved and nobody accepted that
   * yet.
   */
  private boolean fenced(Step step) {
    List<String> open = notAchieved();
    if (open.isEmpty() || book.isUnfencedAccepted()) {
      return !book.isEnding();
    }
    book.change(
        step.id(),
        state ->
            state.blocked(
                "the fence "
                    + String.join(", ", open)
                    + " was not achieved: the old side may still take writes. Retry accepts that"));
    Workflow.await(
        () -> book.isAnswered(step.id()) || book.isUnfencedAccepted() || book.isEnding());
    Optional<Decision> answer = book.takeAnswer(step.id());
    if (answer.isPresent() && answer.get() instanceof Decision.Skip skip) {
      book.change(
          step.id(), state -> state.over(Status.SKIPPED, skip.outputs(), now(), skip.reason()));
      return false;
    }
    if (answer.isPresent()) {
      book.acceptUnfenced();
    }
    return !book.isEnding();
  }

  private List<String> notAchieved() {
    return graph.steps().stream()
        .filter(Step::fence)
        .map(Step::id)
        .filter(id -> book.is(id, Status.GAVE_UP))
        .toList();
  }

  /**
   * Takes back what was made, the last step first. Gives what could not be undone, with the reason.
   */
  List<String> undo() {
    List<String> left = new ArrayList<>();
    for (Step step : graph.inOrder().reversed()) {
      if (!RunPlan.kind(step).isControl()) {
        new StepRun(step, plan, book).undo().ifPresent(why -> left.add(step.id() + ": " + why));
      }
    }
    return left;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
