package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Runs the steps of a graph, each as soon as all that it needs is over. */
final class PlaybookRun {
  private final Run run;
  private final StepGraph graph;
  private final RunBook book;
  private final Set<String> started = new HashSet<>();
  private int underWay;
  private Optional<RuntimeException> broken = Optional.empty();

  PlaybookRun(Run run, StepGraph graph) {
    this.run = run;
    this.graph = graph;
    this.book = run.book();
    book.expect(graph.steps());
  }

  /**
   * Comes back when every step is over, or when the run ends and nothing is under way any more, or
   * when the history has grown so long that the rest is for another execution.
   */
  void play() {
    while (!isOver() && !isForAnother()) {
      ready().forEach(this::start);
      Workflow.await(() -> isOver() || isForAnother() || broken.isPresent() || !ready().isEmpty());
      if (broken.isPresent()) {
        throw broken.get();
      }
    }
  }

  private boolean isOver() {
    return underWay == 0 && (book.isEnding() || isComplete());
  }

  boolean isComplete() {
    return graph.steps().stream().allMatch(book::isOver);
  }

  /** What is under way goes on in another execution only where the history gets far too long. */
  boolean isForAnother() {
    History history = run.history();
    return !book.isEnding()
        && (history.isLong() && book.isAtRest()
            || history.isTooLong() && book.meanwhile().isInterruptible());
  }

  private List<Step> ready() {
    if (book.isEnding() || run.history().isTooLong()) {
      return List.of();
    }
    return graph.inOrder().stream()
        .filter(step -> !started.contains(step.id()))
        .filter(this::mayStart)
        .filter(step -> !book.isOver(step))
        .filter(step -> graph.needsOf(step.id()).stream().map(graph::step).allMatch(book::isOver))
        .toList();
  }

  /** A paused run starts nothing new; what an earlier execution began goes on as it would there. */
  private boolean mayStart(Step step) {
    return !book.isPaused() || !book.is(step.id(), Status.PENDING);
  }

  private void start(Step step) {
    started.add(step.id());
    underWay++;
    Async.procedure(() -> perform(step))
        .handle((done, failure) -> {
          underWay--;
          if (failure != null) {
            broken = Optional.of(failure);
          }
          return done;
        });
  }

  private void perform(Step step) {
    if (step.kind().isControl()) {
      new ControlRun(run, graph, step).perform();
    } else {
      new StepRun(run, step).perform();
    }
  }

  /** Takes back what was made. Gives what could not be undone, with the reason. */
  Rollback.Result undo() {
    return undo(step -> false);
  }

  /**
   * @param left what is not to be taken back, because somebody else has a claim to it by now
   */
  Rollback.Result undo(Predicate<Step> left) {
    return new Rollback(run, graph, left).undo();
  }
}
