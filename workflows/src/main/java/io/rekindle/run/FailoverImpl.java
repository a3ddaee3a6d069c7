package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.PlanReader;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The story of a failover. */
public final class FailoverImpl implements Failover {
  private static final int RUN_DIGITS = 6;
  private final FailoverRequest request;
  private final Optional<RuntimeException> unreadable;
  private final RunPlan plan;
  private final RunBook book;
  private final Decisions decisions;
  private final Notices notices;
  private final Visibility visibility;

  @WorkflowInit
  public FailoverImpl(FailoverRequest request) {
    this.request = request;
    ActivityCancellationType endOfLooks = endOfLooks();
    RunPlan read = RunPlan.unreadable(request, endOfLooks);
    Optional<RuntimeException> obstacle = Optional.empty();
    try {
      read = new RunPlan(PlanReader.admitted(request.plan()), request, endOfLooks);
    } catch (RuntimeException broken) {
      // Thrown here it would be tried again for ever; admission says what is wrong with the plan.
      obstacle = Optional.of(broken);
    }
    this.plan = read;
    this.unreadable = obstacle;
    this.book =
        request.resumed() == null
            ? new RunBook(
                plan.plan().application().value(),
                runId(),
                plan.graph(Section.FAILOVER).steps(),
                now(),
                request.impactAt())
            : new RunBook(request.resumed());
    this.decisions = new Decisions(plan, book, request.requester());
    this.notices = new Notices(plan, book);
    this.visibility = new Visibility(plan, book);
  }

  /**
   * Six hex digits of the first execution's id: it survives reset and continuing as new. The last
   * ones, because servers begin their ids with the time; runs of version 0.1.0 took the first ones.
   */
  private static String runId() {
    String id = Workflow.getInfo().getFirstExecutionRunId();
    return Workflow.getVersion("run named by last digits", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION
        ? id.substring(0, RUN_DIGITS)
        : id.substring(id.length() - RUN_DIGITS);
  }

  /** Nobody looks again once the run has ended; runs of version 0.1.0 let them look to the end. */
  private static ActivityCancellationType endOfLooks() {
    return Workflow.getVersion("looks are called off", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION
        ? ActivityCancellationType.ABANDON
        : ActivityCancellationType.TRY_CANCEL;
  }

  @Override
  public RunState run(FailoverRequest same) {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            reason -> decide(new Decision.Abort(false, "the workflow was cancelled", null, null)));
    Workflow.newDetachedCancellationScope(this::tell).run();
    return book.state();
  }

  /** Out of reach of Temporal's own cancel, which means abort: what is under way ends in order. */
  private void tell() {
    if (request.resumed() == null) {
      admit();
      visibility.watch();
      new Assessment(plan, book).assess();
      book.enter(plan.asksFirst() ? Phase.WAITING : Phase.RECOVERING);
    } else {
      assertReadable();
      visibility.watch();
    }
    switch (book.phase()) {
      case ASSESSING, WAITING, RECOVERING, ROLLING_BACK -> failOver();
      case SERVING -> serve();
      case FAILING_BACK -> failBack();
    }
    part();
  }

  private void admit() {
    Admission door =
        Workflow.newActivityStub(
            Admission.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .setSummary("admit the plan")
                .build());
    List<String> problems = door.admit(request);
    if (!problems.isEmpty()) {
      throw refused(String.join("\n", problems));
    }
    assertReadable();
    String id = ID_PREFIX + plan.plan().application();
    if (!Workflow.getInfo().getWorkflowId().equals(id)) {
      throw refused(
          "The run of "
              + plan.plan().application()
              + " has the workflow id "
              + id
              + ", which is its lock.");
    }
  }

  /** What another worker admitted is not this one's to refuse: it fails until one can read it. */
  private void assertReadable() {
    unreadable.ifPresent(obstacle -> {
      throw obstacle;
    });
  }

  private static ApplicationFailure refused(String sentence) {
    return ApplicationFailure.newBuilder()
        .setType("Refused")
        .setMessage(sentence)
        .setNonRetryable(true)
        .build();
  }

  private void failOver() {
    play(Section.FAILOVER);
    book.recovered(now());
    notices.tell(News.recovered(book));
    if (!request.closeWhenRecovered()) {
      continueAsNew();
    }
  }

  private void serve() {
    Workflow.await(() -> book.isClosing() || Workflow.getInfo().isContinueAsNewSuggested());
    if (!book.isClosing()) {
      continueAsNew();
    }
  }

  private void failBack() {
    play(Section.FAILBACK);
    book.cameOut(Outcome.FAILED_BACK);
    notices.tell(News.ended(book, "the application serves from the primary Region again"));
  }

  private void play(Section section) {
    PlaybookRun playbook = new PlaybookRun(section, plan, book, notices);
    playbook.play();
    while (!book.isEnding() && !playbook.isComplete()) {
      part();
      if (book.isAtRest() && !book.isEnding()) {
        continueAsNew();
      }
      playbook.play();
    }
    if (book.isEnding()) {
      end(playbook);
    }
  }

  /** The rest of the story, with a history of its own. */
  private void continueAsNew() {
    part();
    Workflow.continueAsNew(request.resuming(book.state()));
  }

  /** Lets out what is under way; everything that was asked is answered. */
  private void part() {
    notices.awaitDelivery();
    Workflow.await(Workflow::isEveryHandlerFinished);
    visibility.show();
  }

  /** Fails the workflow with a sentence: nobody shall take an ended run for a recovered one. */
  private void end(PlaybookRun playbook) {
    String why = book.ending().orElse("");
    if (book.isRollback()) {
      book.enter(Phase.ROLLING_BACK);
      List<String> left = playbook.undo();
      if (left.isEmpty()) {
        book.cameOut(Outcome.ROLLED_BACK);
        why += "; everything was undone";
      } else {
        why += "; not undone: " + String.join("; ", left);
      }
    } else if (!book.anythingChanged()) {
      why += "; nothing was changed";
    }
    notices.tell(News.ended(book, why));
    part();
    throw ApplicationFailure.newBuilder()
        .setType(String.valueOf(book.outcome().orElse(Outcome.ABORTED)))
        .setMessage(why)
        .setNonRetryable(true)
        .setDetails(book.state())
        .build();
  }

  @Override
  public RunState status() {
    return book.state();
  }

  private Ruling decide(@Nullable Decision decision) {
    return decisions.decide(decision, now());
  }

  @Override
  public void approve(Decision.Approve decision) {
    decide(decision);
  }

  @Override
  public void reject(Decision.Reject decision) {
    decide(decision);
  }

  @Override
  public void retry(Decision.Retry decision) {
    decide(decision);
  }

  @Override
  public void skip(Decision.Skip decision) {
    decide(decision);
  }

  @Override
  public void done(Decision.Done decision) {
    decide(decision);
  }

  @Override
  public void pause(Decision.Pause decision) {
    decide(decision);
  }

  @Override
  public void resume(Decision.Resume decision) {
    decide(decision);
  }

  @Override
  public void abort(Decision.Abort decision) {
    decide(decision);
  }

  @Override
  public void close(Decision.Close decision) {
    decide(decision);
  }

  @Override
  public void failback(Decision.Failback decision) {
    decide(decision);
  }

  @Override
  public Ruling approved(Decision.Approve decision) {
    return decide(decision);
  }

  @Override
  public Ruling rejected(Decision.Reject decision) {
    return decide(decision);
  }

  @Override
  public Ruling retried(Decision.Retry decision) {
    return decide(decision);
  }

  @Override
  public Ruling skipped(Decision.Skip decision) {
    return decide(decision);
  }

  @Override
  public Ruling isDone(Decision.Done decision) {
    return decide(decision);
  }

  @Override
  public Ruling paused(Decision.Pause decision) {
    return decide(decision);
  }

  @Override
  public Ruling resumed(Decision.Resume decision) {
    return decide(decision);
  }

  @Override
  public Ruling aborted(Decision.Abort decision) {
    return decide(decision);
  }

  @Override
  public Ruling closed(Decision.Close decision) {
    return decide(decision);
  }

  @Override
  public Ruling failedBack(Decision.Failback decision) {
    return decide(decision);
  }
}
