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
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** The story of a drill: perform it on copies of its own, and take all of them away again. */
final class DrillStory implements Told {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Run run;
  private final RunBook book;
  private final StepGraph graph;
  private final Plan.Drill drill;
  private final Execution execution;

  DrillStory(Run run, DrillRequest request) {
    this.run = run;
    this.book = run.book();
    this.graph = run.plan().graph(Section.FAILOVER);
    this.drill = run.plan().plan().drill(request.drill()).orElseThrow();
    this.execution = new Execution(run, () -> request);
  }

  @Override
  public void begin() {
    book.expect(graph.steps());
    execution.show();
    if (precedence().isFailoverOpen(book.application())) {
      giveWay();
    } else {
      book.enter(Phase.RECOVERING);
      giveWayToFailovers();
    }
    perform();
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
    Async.procedure(precedence()::awaitFailover, book.application())
        .thenApply(open -> {
          giveWay();
          return open;
        });
  }

  private void giveWay() {
    book.end(Outcome.GAVE_WAY, "a failover of %s is open".formatted(book.application()), true);
  }

  private static Precedence precedence() {
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
            .setSummary("look for a failover")
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
        && precedence().isFailoverOpen(book.application());
  }

  private void end(Rollback.Result undone) {
    String why = book.ending().orElse("") + "; " + undone.said();
    Outcome how = Conclusion.ofDrill(book, undone.left());
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
}
