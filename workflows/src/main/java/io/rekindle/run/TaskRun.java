package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control;
import io.rekindle.run.RunState.Task;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Something that only a person can do: tells who is to know, and waits until it is done. */
final class TaskRun {
  private final Run run;
  private final Step step;
  private final Control.Task rules;
  private final RunBook book;

  TaskRun(Run run, Step step, Control.Task rules) {
    this.run = run;
    this.step = step;
    this.rules = rules;
    this.book = run.book();
  }

  /** What was waited for before the run was continued as new is not told again. */
  void perform() {
    if (book.task(step.id()).isEmpty()) {
      book.change(step.id(), state -> state.asking(now()));
      open();
    }
    book.task(step.id()).ifPresent(this::awaitItsTime);
    Workflow.await(this::isOver);
    book.meanwhile().takeAnswer(step.id()).ifPresent(this::settle);
  }

  private void open() {
    Instant opened = now();
    Task task =
        new Task(
            step.id(),
            rules.says(),
            rules.owner(),
            opened,
            opened.plus(rules.expected()),
            rules.proof());
    book.put(task);
    run.notices().tell(News.task(book, task));
  }

  private void awaitItsTime(Task task) {
    Duration left = Duration.between(now(), task.late());
    if (left.isPositive()
        && Timers.pass(left, step.id(), "until it should be done", this::isOver)) {
      run.notices().tell(News.late(book, task));
    }
  }

  private boolean isOver() {
    return book.isEnding() || book.meanwhile().isAnswered(step.id());
  }

  private void settle(Decision.AboutStep answer) {
    book.closeTask(step.id());
    switch (answer) {
      case Decision.Done done -> book.change(step.id(), state -> state.done(done, now()));
      case Decision.Skip skip -> book.change(step.id(), state -> state.skipped(skip, now()));
      case Decision.Retry again -> perform();
    }
  }
}
