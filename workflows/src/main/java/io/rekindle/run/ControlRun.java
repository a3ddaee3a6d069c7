package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** A step that the workflow performs itself: asks a person where its rules cannot be read. */
final class ControlRun {
  private final Run run;
  private final StepGraph graph;
  private final Step step;
  private final RunBook book;

  ControlRun(Run run, StepGraph graph, Step step) {
    this.run = run;
    this.graph = graph;
    this.step = step;
    this.book = run.book();
  }

  void perform() {
    Optional<Control> rules = run.calls().control(step);
    while (rules.isEmpty() && !book.isEnding() && !book.isOver(step)) {
      block();
      Workflow.await(() -> book.isEnding() || book.meanwhile().isAnswered(step.id()));
      book.meanwhile().takeAnswer(step.id()).ifPresent(this::obey);
      rules = run.calls().control(step);
    }
    if (!book.isOver(step)) {
      rules.ifPresent(this::perform);
    }
  }

  private void block() {
    String why = run.calls().misfit(step).orElse("");
    boolean known = book.is(step.id(), Status.BLOCKED);
    book.change(step.id(), state -> state.blocked(why));
    if (!known) {
      run.notices().tell(News.blocked(book, step.id(), why));
    }
  }

  private void obey(Decision.AboutStep answer) {
    switch (answer) {
      case Decision.Retry retry ->
          book.change(step.id(), state -> state.retried(retry, step.kind().thing()));
      case Decision.Skip skip -> book.change(step.id(), state -> state.skipped(skip, now()));
      case Decision.Done done -> book.change(step.id(), state -> state.done(done, now()));
    }
  }

  private void perform(Control rules) {
    switch (rules) {
      case Control.Approval approval -> new GateRun(run, graph, step, approval).perform();
      case Control.Wait wait -> new WaitRun(run, step, wait).perform();
      case Control.Task task -> new TaskRun(run, step, task).perform();
    }
  }
}
