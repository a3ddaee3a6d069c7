package io.rekindle.run;

import io.rekindle.door.DrillRequest;
import io.rekindle.door.Precedence;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The story of a drill: perform it on copies of its own, and take all of them away again. */
final class DrillStory implements Told {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String LOOKING = "look for a failover";

  private final Run run;
  private final RunBook book;
  private final StepGraph graph;
  private final Plan.Drill drill;
  private final Proof proof;
  private final Execution execution;
  private List<String> removed = List.of();

  DrillStory(Run run, DrillRequest request) {
    this.run = run;
    this.book = run.book();
    this.graph = run.plan().graph(Section.FAILOVER);
    this.drill = run.plan().plan().drill(request.drill()).orElseThrow();
    this.proof = new Proof(run, graph, precedence(LOOKING), request.before());
    this.execution = new Execution(run, () -> request.after(proof.noted()));
  }

  @Override
  public void begin() {
    book.expect(graph.steps());
    execution.show();
    if (precedence(LOOKING).isFailoverOpen(book.application())) {
      giveWay();
    } else {
      giveWayToFailovers();
      letOthersFinish();
      if (!book.isEnding()) {
        book.enter(Phase.RECOVERING);
        takeStock();
      }
    }
    perform();
  }

  /** Two drills that alter the same thing would put back what the other one made of it. */
  private void letOthersFinish() {
    Instant began = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    Promise<Void> alone =
        Async.procedure(
            precedence("wait for other drills")::awaitEarlierDrills,
            book.application(),
            book.run(),
            began);
    Workflow.await(() -> alone.isCompleted() || book.isEnding());
  }

  /** What cannot be proved to leave nothing behind is not begun. */
  private void takeStock() {
    if (!drill.check()) {
      removed = proof.removeExpired();
      proof.begin().ifPresent(why -> book.end(Outcome.DRILL_FAILED, why, false));
    }
  }

  /** After an earlier execution of the same drill. */
  @Override
  public void goOn() {
    execution.show();
    giveWayToFailovers();
    perform();
  }

  /** Whoever recovers for real waits for no drill; the drill goes on taking away what it made. */
  private void giveWayToFailovers() {
    Async.procedure(precedence(LOOKING)::awaitFailover, book.application())
        .thenApply(open -> {
          giveWay();
          return open;
        });
  }

  private void giveWay() {
    book.end(Outcome.GAVE_WAY, "a failover of %s is open".formatted(book.application()), true);
  }

  private static Precedence precedence(String summary) {
    return Workflow.newActivityStub(
        Precedence.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(LOOK)
            .setScheduleToCloseTimeout(History.FOR_EVER)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(PAUSE)
                    .setBackoffCoefficient(1)
                    .build())
            .setSummary(summary)
            .build());
  }

  private void perform() {
    if (drill.check()) {
      look();
    }
    PlaybookRun playbook = new PlaybookRun(run, graph);
    execution.play(playbook);
    book.end(Outcome.DRILLED, "every step of the drill is over", true);
    end(tearDown(playbook));
    execution.part();
  }

  /** Whether a failover could succeed right now: what nobody knows is not known to work. */
  private void look() {
    List<Step> steps = graph.inOrder().stream().filter(step -> !step.kind().isControl()).toList();
    new Checks(run, graph).ask(steps, book::isEnding).ifPresent(this::judge);
  }

  private void judge(Checks.Answers answers) {
    book.found(answers);
    List<String> wrong =
        answers.findings().stream()
            .filter(finding -> finding.is(Verdict.FAIL) || finding.is(Verdict.UNKNOWN))
            .map(finding -> finding.name() + ": " + finding.says())
            .toList();
    if (wrong.isEmpty()) {
      book.end(Outcome.DRILLED, "every step was checked, and none fails", false);
    } else {
      book.end(Outcome.DRILL_FAILED, String.join("; ", wrong), false);
    }
  }

  /** Also after a failure, a cancel, and a failover that came between. */
  private Rollback.Result tearDown(PlaybookRun playbook) {
    if (run.plan().changed(book).isEmpty()) {
      return Rollback.Result.NOTHING;
    }
    book.enter(Phase.ROLLING_BACK);
    return playbook.undo(this::belongsToAFailover);
  }

  /** What it only altered is not put back while a failover may count on it: that one decides. */
  private boolean belongsToAFailover(Step step) {
    return step.kind().facts().undo() == Undo.PUTS_BACK
        && precedence(LOOKING).isFailoverOpen(book.application());
  }

  private void end(Rollback.Result undone) {
    List<String> left = undone.changed() ? proof.leftovers() : List.of();
    String why = why(undone, left);
    Outcome how =
        Conclusion.ofDrill(book, Stream.concat(undone.left().stream(), left.stream()).toList());
    book.cameOut(how);
    book.conclude(why);
    switch (how) {
      case DRILLED, GAVE_WAY -> {}
      case DRILL_FAILED, LEFTOVERS, ABORTED, REJECTED -> {
        run.notices().tell(News.ended(book, why));
        throw execution.failed(how, why);
      }
      case RECOVERED, UNVERIFIED, FAILED_BACK, ROLLED_BACK ->
          throw new IllegalStateException("A drill does not end as " + how);
    }
  }

  private String why(Rollback.Result undone, List<String> left) {
    List<String> why = new ArrayList<>();
    book.ending().ifPresent(why::add);
    why.add(undone.said());
    if (undone.changed()) {
      why.add(left.isEmpty() ? "nothing is left" : "left behind: " + String.join(", ", left));
    }
    if (!removed.isEmpty()) {
      why.add("removed what earlier drills had left: " + String.join(", ", removed));
    }
    return Limit.SENTENCE.join("; ", why);
  }
}
