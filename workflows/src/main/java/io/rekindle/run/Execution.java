package io.rekindle.run;

import io.rekindle.run.RunState.Outcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** One execution of a run, whatever its story: how it is shown, goes on in another, and ends. */
final class Execution {
  /** Until looks that were left have ended: no server is asked to end what another run begins. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final Run run;
  private final RunBook book;
  private final Supplier<?> request;
  private final Visibility visibility;

  /**
   * @param request what another execution is started with
   */
  Execution(Run run, Supplier<?> request) {
    this.run = run;
    this.book = run.book();
    this.request = request;
    this.visibility = new Visibility(run);
  }

  /** Shows every change of the run from now on. */
  void show() {
    visibility.watch();
  }

  /** Plays until every step is over or the run ends, in another execution if it takes long. */
  void play(PlaybookRun playbook) {
    playbook.play();
    while (!book.isEnding() && !playbook.isComplete()) {
      part();
      if (run.history().isTooLong()) {
        Workflow.sleep(BREATH);
      }
      if (playbook.isForAnother()) {
        continueAsNew();
      }
      playbook.play();
    }
  }

  /** The rest of the story, with a history of its own; comes back where it cannot have one. */
  void continueAsNew() {
    if (!book.fences().open().isEmpty()) {
      settle();
    }
    Workflow.await(book.meanwhile()::isInterruptible);
    part();
    if (run.history().canHaveAnother()) {
      Workflow.continueAsNew(request.get(), book.state());
    }
  }

  /** A fence is tried on with whatever the story does: nothing shall begin in its last moment. */
  private void settle() {
    if (run.history().canHaveAnother()) {
      book.meanwhile().part();
      Workflow.sleep(BREATH);
    }
  }

  /** Finishes what is under way; everything that was asked is answered. */
  void part() {
    run.notices().awaitDelivery();
    Workflow.await(Workflow::isEveryHandlerFinished);
    visibility.show();
  }

  /** The end of a run that did not do what it was started for. */
  ApplicationFailure failed(Outcome how, String why) {
    part();
    return ApplicationFailure.newBuilder()
        .setType(how.name())
        .setMessage(Limit.MESSAGE.cut(why))
        .setNonRetryable(true)
        .setDetails(book.state())
        .build();
  }
}
