package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Async;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Runs the steps of a section, each as soon as all that it needs is over. */
final class PlaybookRun {
  private final Section section;
  private final StepGraph graph;
  private final RunPlan plan;
  private final RunBook book;
  private final Notices notices;
  private final Set<String> started = new HashSet<>();
  private int underWay;
  private Optional<RuntimeException> broken = Optional.empty();

  PlaybookRun(Section section, RunPlan plan, RunBook book, Notices notices) {
    this.section = section;
    this.graph = plan.graph(section);
    this.plan = plan;
    this.book = book;
    this.notices = notices;
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
    return graph.steps().stream().allMatch(step -> book.step(step.id()).status().isOver());
  }

  private boolean isForAnother() {
    return Workflow.getInfo().isContinueAsNewSuggested() && book.isAtRest() && !book.isEnding();
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
            broken = Optional.of(failure);
          }
          return done;
        });
  }

  private void perform(Step step) {
    Kind kind = RunPlan.kind(step);
    if (kind.isApproval()) {
      new GateRun(step, section, plan, book, notices).run();
    } else if (kind.type() == Control.Wait.class) {
      pass(step);
    } else {
      new StepRun(step, plan, book, notices).run();
    }
  }

  private void pass(Step step) {
    book.change(step.id(), state -> state.running(now()));
    Control.Wait wait =
        Binding.bind(RunPlan.kind(step), step.with(), plan.words(book), step.id())
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
   * Takes back what was made, the newest change first. Gives what could not be undone, with the
   * reason.
   */
  List<String> undo() {
    List<String> left = new ArrayList<>();
    graph.inOrder().reversed().stream()
        .filter(step -> book.step(step.id()).hasChanged())
        .sorted(
            Comparator.comparing(
                    (Step step) -> Objects.requireNonNull(book.step(step.id()).changed()))
                .reversed())
        .forEach(step ->
            new StepActions(step, plan, book)
                .undo()
                .ifPresent(why -> left.add(step.id() + ": " + why)));
    return left;
  }
}
