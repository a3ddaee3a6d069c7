package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan.Section;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;

/** The story of a failover: assess, ask, recover, serve; later, come back. */
final class FailoverStory implements Told {
  private final Run run;
  private final RunBook book;
  private final FailoverRequest request;
  private final Execution execution;
  private final FenceWatch watch;

  FailoverStory(Run run, FailoverRequest request) {
    this.run = run;
    this.book = run.book();
    this.request = request;
    this.execution = new Execution(run, this::next);
    this.watch = new FenceWatch(run);
  }

  /** What another execution of the run is started with. */
  private FailoverRequest next() {
    return book.meanwhile().amended().map(request::by).orElse(request);
  }

  @Override
  public void begin() {
    book.expect(run.plan().graph(Section.FAILOVER).steps());
    execution.show();
    watch.begin();
    new Assessment(run).assess();
    book.enter(run.plan().asksFirst() ? Phase.WAITING : Phase.RECOVERING);
    tell();
  }

  /** After an earlier execution of the same run. */
  @Override
  public void goOn() {
    execution.show();
    watch.begin();
    tell();
  }

  private void tell() {
    switch (book.phase()) {
      case ASSESSING, WAITING, RECOVERING, ROLLING_BACK -> failOver();
      case SERVING -> serve();
      case FAILING_BACK -> failBack();
    }
    watch.awaitRest();
    execution.part();
  }

  private void failOver() {
    PlaybookRun playbook = play(Section.FAILOVER);
    if (book.isRetreating()) {
      retreat();
      return;
    }
    if (book.isEnding()) {
      throw ended(playbook);
    }
    book.recovered(Conclusion.ofRecovery(run.plan().graph(Section.FAILOVER), book), now());
    run.notices().tell(News.recovered(book));
    if (!request.closeWhenRecovered()) {
      execution.continueAsNew();
      serve();
    }
  }

  private void serve() {
    while (book.isServing()) {
      Workflow.await(() -> !book.isServing() || run.history().isLong());
      if (book.isServing()) {
        execution.continueAsNew();
      }
    }
    if (!book.isClosing()) {
      failBack();
    }
  }

  private void failBack() {
    if (book.meanwhile().amended().isPresent()) {
      execution.continueAsNew();
    }
    PlaybookRun playbook = play(Section.FAILBACK);
    if (book.isEnding()) {
      stay(playbook);
    } else {
      book.home(Conclusion.ofReturn(run.plan().graph(Section.FAILBACK), book), now());
      run.notices().tell(News.home(book));
    }
  }

  /** Where users cannot be taken home, nobody shall take the run for one that is. */
  private void retreat() {
    watch.awaitRest();
    Retreat retreat = new Retreat(run);
    Rollback.Result undone = retreat.undo();
    String why = book.ending().orElse("") + "; " + undone.said();
    if (undone.stranded()) {
      throw over(Outcome.ABORTED, why);
    }
    Conclusion how = retreat.look(undone);
    book.conclude(why);
    book.home(how, now());
    run.notices().tell(News.home(book));
  }

  /** The way back was given up: what it changed is undone, and the application serves on. */
  private void stay(PlaybookRun playbook) {
    String why = book.ending().orElse("") + "; " + playbook.undo().said();
    book.stay(run.plan().graph(Section.FAILBACK).steps(), why);
    run.notices().tell(News.stays(book, why));
    serve();
  }

  private PlaybookRun play(Section section) {
    PlaybookRun playbook = new PlaybookRun(run, run.plan().graph(section));
    execution.play(playbook);
    return playbook;
  }

  /** Fails the workflow with a sentence: nobody shall take an ended run for a recovered one. */
  private ApplicationFailure ended(PlaybookRun playbook) {
    watch.awaitRest();
    String why = book.ending().orElse("");
    Rollback.Result undone = Rollback.Result.NOTHING;
    if (run.plan().changed(book).isEmpty()) {
      why += "; nothing was changed" + (book.isRollback() ? ", so there was nothing to undo" : "");
    } else if (book.isRollback()) {
      book.enter(Phase.ROLLING_BACK);
      undone = playbook.undo();
      why += "; " + undone.said();
    }
    return over(Conclusion.ofEnd(book, undone.left()), why);
  }

  private ApplicationFailure over(Outcome how, String why) {
    book.cameOut(how);
    book.conclude(why);
    run.notices().tell(News.ended(book, why));
    return execution.failed(how, why);
  }
}
