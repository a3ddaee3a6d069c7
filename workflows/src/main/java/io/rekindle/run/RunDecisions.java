package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

/** What people decide about the whole run. */
final class RunDecisions {
  private final RunPlan plan;
  private final RunBook book;

  RunDecisions(Run run) {
    this.plan = run.plan();
    this.book = run.book();
  }

  Judgement judge(Decision.AboutRun decision) {
    return switch (decision) {
      case Decision.Pause pause -> pause(true);
      case Decision.Resume resume -> pause(false);
      case Decision.Abort abort -> abort(abort);
      case Decision.Close close -> close();
      case Decision.Failback failback ->
          Judgement.refused("failing back from a run is not there yet");
    };
  }

  private Judgement pause(boolean on) {
    if (book.isPaused() == on) {
      return Judgement.refused(on ? "the run is paused already" : "the run is not paused");
    }
    book.pause(on);
    return Judgement.obeyed(
        on ? "nothing new is started; what is under way goes on" : "the run goes on");
  }

  private Judgement abort(Decision.Abort abort) {
    if (book.phase() == Phase.FAILING_BACK) {
      return Judgement.refused("aborting a failback is not there yet");
    }
    if (book.phase() == Phase.SERVING) {
      return Judgement.refused(
          "the application serves from the recovery Region: close the run, or fail back");
    }
    if (abort.rollback() && plan.trafficMoved(book)) {
      return Judgement.refused("traffic was moved already: the way back is failback");
    }
    book.end(Outcome.ABORTED, "aborted: " + abort.reason(), abort.rollback());
    return Judgement.obeyed(
        abort.rollback()
            ? "nothing new is started; what was made is undone, newest first"
            : "nothing new is started; changes under way end, the rest stays as it is");
  }

  private Judgement close() {
    if (book.phase() != Phase.SERVING) {
      return Judgement.refused("only a recovered run is closed; this one is in " + book.phase());
    }
    book.close(now());
    return Judgement.obeyed("the run is closed; the application stays where it is");
  }
}
