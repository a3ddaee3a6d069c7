package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan.Section;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;

/** The story of a failover: assess, ask, recover, serve; later, come back. */
final class FailoverStory {
  private final Run run;
  private final RunBook book;
  private final FailoverRequest request;
  private final Execution execution;

  FailoverStory(Run run, FailoverRequest request) {
    this.run = run;
    this.book = run.book();
    this.request = request;
    this.execution = new Execution(run, request);
  }

  void begin() {
    book.expect(run.plan().graph(Section.FAILOVER).steps());
    execution.show();
    new Assessment(run).assess();
    book.enter(run.plan().asksFirst() ? Phase.WAITING : Phase.RECOVERING);
    tell();
  }

  /** After an earlier execution of the same run. */
  void goOn() {
    execution.show();
    tell();
  }

  private void tell() {
    switch (book.phase()) {
      case ASSESSING, WAITING, RECOVERING, ROLLING_BACK -> failOver();
      case SERVING -> serve();
      case FAILING_BACK -> failBack();
    }
    execution.part();
  }

  private void failOver() {
    play(Section.FAILOVER);
    book.recovered(Conclusion.ofRecovery(run.plan().graph(Section.FAILOVER), book), now());
    run.notices().tell(News.recovered(book));
    if (!request.closeWhenRecovered()) {
      execution.continueAsNew();
      serve();
    }
  }

  private void serve() {
    while (!book.isClosing()) {
      Workflow.await(() -> book.isClosing() || run.history().isLong());
      if (!book.isClosing()) {
        execution.continueAsNew();
      }
    }
  }

  private void failBack() {
    play(Section.FAILBACK);
    book.cameOut(Outcome.FAILED_BACK);
    run.notices().tell(News.ended(book, "the application serves from the primary Region again"));
  }

  private void play(Section section) {
    PlaybookRun playbook = new PlaybookRun(run, run.plan().graph(section));
    execution.play(playbook);
    if (book.isEnding()) {
      throw ended(playbook);
    }
  }

  /** Fails the workflow with a sentence: nobody shall take an ended run for a recovered one. */
  private ApplicationFailure ended(PlaybookRun playbook) {
    String why = book.ending().orElse("");
    Rollback.Result undone = Rollback.Result.NOTHING;
    if (run.plan().changed(book).isEmpty()) {
      why += "; nothing was changed" + (book.isRollback() ? ", so there was nothing to undo" : "");
    } else if (book.isRollback()) {
      book.enter(Phase.ROLLING_BACK);
      undone = playbook.undo();
      why += "; " + undone.said();
    }
    Outcome how = Conclusion.ofEnd(book, undone.left());
    book.cameOut(how);
    book.conclude(why);
    run.notices().tell(News.ended(book, why));
    return execution.failed(how, why);
  }
}
