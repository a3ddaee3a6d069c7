package io.rekindle.run;

import io.rekindle.door.DrillRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story of a drill: perform it on copies of its own, and take all of them away again. */
final class DrillStory implements Told {
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
    this.proof = new Proof(run, graph, Outside.precedence(LOOKING), request.before());
    this.execution = new Execution(run, () -> request.after(proof.noted()));
  }

  @Override
  public void begin() {
    book.expect(graph.steps());
    execution.show();
    if (Outside.precedence(LOOKING).isFailoverOpen(book.application())) {
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
            Outside.precedence("wait for other drills")::awaitEarlierDrills,
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
    Async.procedure(Outside.precedence(LOOKING)::awaitFailover, book.application())
        .thenApply(open -> {
          giveWay();
          return open;
        });
  }

  private void giveWay() {
    book.end(Outcome.GAVE_WAY, "a failover of %s is open".formatted(book.application()), true);
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
    if (run.plan().toTakeBack(book).isEmpty()) {
      return Rollback.Result.NOTHING;
    }
    book.enter(Phase.ROLLING_BACK);
    return playbook.undo(this::belongsToAFailover);
  }

  /** What it only altered is not put back while a failover may count on it: that one decides. */
  private boolean belongsToAFailover(Step step) {
    return step.kind().facts().drill() == Drill.IN_PLACE
        && Outside.precedence(LOOKING).isFailoverOpen(book.application());
  }

  private void end(Rollback.Result undone) {
    List<Step> asFound = run.plan().leftAsFound(book);
    List<String> left =
        undone.changed() || !asFound.isEmpty() ? proof.leftovers(!asFound.isEmpty()) : List.of();
    String why = why(undone, left, asFound);
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

  private String why(Rollback.Result undone, List<String> left, List<Step> asFound) {
    List<String> why = new ArrayList<>();
    book.ending().ifPresent(why::add);
    why.add(undone.said());
    if (undone.changed()) {
      why.add(left.isEmpty() ? "nothing is left" : "left behind: " + String.join(", ", left));
    }
    if (!asFound.isEmpty()) {
      why.add(
          "found as the drill wants it, and left so: "
              + asFound.stream().map(Step::id).collect(Collectors.joining(", ")));
    }
    if (!removed.isEmpty()) {
      why.add("removed what earlier drills had left: " + String.join(", ", removed));
    }
    return Limit.SENTENCE.join("; ", why);
  }
}
