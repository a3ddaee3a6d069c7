package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;

/** What people decide about the whole run. */
final class RunDecisions {
  private final Run run;
  private final RunPlan plan;
  private final RunBook book;

  RunDecisions(Run run) {
    this.run = run;
    this.plan = run.plan();
    this.book = run.book();
  }

  Judgement judge(Decision.AboutRun decision) {
    return switch (decision) {
      case Decision.Pause pause -> pause();
      case Decision.Resume resume -> resume();
      case Decision.Abort abort -> abort(abort);
      case Decision.Close close -> close();
      case Decision.Failback failback -> new WayBack(run).judge(failback);
    };
  }

  private Judgement pause() {
    if (book.phase() == Phase.SERVING) {
      return Judgement.refused(
          "the application serves from the recovery Region: there is nothing to pause");
    }
    if (book.isPaused()) {
      return Judgement.refused("the run is paused already");
    }
    book.pause(now());
    return Judgement.obeyed("no change is begun or tried again; those already made are watched");
  }

  private Judgement resume() {
    if (!book.isPaused()) {
      return Judgement.refused("the run is not paused");
    }
    book.resume(now());
    return Judgement.obeyed("the run continues");
  }

  private Judgement abort(Decision.Abort abort) {
    if (plan.terms().drill()) {
      book.end(Outcome.ABORTED, "aborted" + Said.because(abort.reason()), true);
      return Judgement.obeyed("no new step starts; what the drill made is taken away");
    }
    if (book.phase() == Phase.FAILING_BACK) {
      return turnBack(abort);
    }
    if (book.phase() == Phase.SERVING) {
      return Judgement.refused(
          "the application already serves from the recovery Region; close the run");
    }
    if (abort.rollback() && plan.trafficMoved(Section.FAILOVER, book)) {
      return Judgement.refused(
          "traffic has moved: failback takes it home and undoes the rest; abort without rollback"
              + " leaves all as it is");
    }
    book.end(Outcome.ABORTED, "aborted" + Said.because(abort.reason()), abort.rollback());
    return Judgement.obeyed(
        abort.rollback()
            ? "no new step starts; changes are undone, newest first"
            : "no new step starts; changes in progress finish; nothing is undone");
  }

  private Judgement turnBack(Decision.Abort abort) {
    if (plan.isPastTurningBack(book)) {
      return Judgement.refused(
          "traffic is on its way home: the way back is gone to its end; retry, skip or do what is"
              + " blocked");
    }
    book.end(Outcome.ABORTED, "aborted" + Said.because(abort.reason()), true);
    return Judgement.obeyed(
        "the way back is given up: its changes are undone, newest first, and the application goes"
            + " on serving where it is");
  }

  private Judgement close() {
    if (book.phase() != Phase.SERVING) {
      return Judgement.refused(
          "only a recovered run can be closed; this one is " + Shapes.word(book.phase()));
    }
    book.close(now());
    return Judgement.obeyed("the run is closed; the application stays where it is");
  }
}
