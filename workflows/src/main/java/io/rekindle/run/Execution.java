package io.rekindle.run;

import io.rekindle.run.RunState.Outcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;

/** One execution of a run, whatever its story: how it is shown, goes on in another, and ends. */
final class Execution {
  private final Run run;
  private final RunBook book;
  private final Object request;
  private final Visibility visibility;

  private final CancellationScope whole;

  /**
   * @param request what the run was started with: another execution gets the same
   * @param whole what Temporal's own cancel would cancel
   */
  Execution(Run run, Object request, CancellationScope whole) {
    this.run = run;
    this.book = run.book();
    this.request = request;
    this.whole = whole;
    this.visibility = new Visibility(run);
  }

  /** Shows every change of the run from now on. */
  void show() {
    visibility.watch();
  }

  /**
   * Whether another execution can go on with the run. To the server every end of an execution that
   * it was told to cancel is a cancelled one, with nothing after it: so a cancel that was refused
   * keeps the run in the execution that refused it.
   */
  private boolean canGoOnInAnother() {
    return !whole.isCancelRequested();
  }

  /** Whether the rest of the run is better told in a history of its own. */
  boolean isLong() {
    return Workflow.getInfo().isContinueAsNewSuggested() && canGoOnInAnother();
  }

  /** Plays until every step is over or the run ends, in another execution if it takes long. */
  void play(PlaybookRun playbook) {
    playbook.play(this::isLong);
    while (!book.isEnding() && !playbook.isComplete()) {
      part();
      if (book.isAtRest() && !book.isEnding()) {
        continueAsNew();
      }
      playbook.play(this::isLong);
    }
  }

  /** The rest of the story, with a history of its own; comes back where it cannot have one. */
  void continueAsNew() {
    part();
    if (canGoOnInAnother()) {
      Workflow.continueAsNew(request, book.state());
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
        .setMessage(why)
        .setNonRetryable(true)
        .setDetails(book.state())
        .build();
  }
}
