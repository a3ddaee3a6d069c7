package io.rekindle.starter.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.door.DrillRequest;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Decision;
import io.rekindle.run.Drill;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.starter.run.DrillSchedule;
import io.rekindle.starter.run.Reply;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What comes after a failover: a drill that gives way, the way home, and the drill that comes by
 * itself.
 */
record WholeLife(Narrator narrator, DemoPeople people, String application, JsonNode plan) {
  private static final String DRILL = "weekly-restore";

  /** How the run came home. */
  Seen play() {
    aDrillGivesWay();
    Seen home = goHome();
    aDrillRuns();
    return home;
  }

  private void aDrillGivesWay() {
    startDrill();
    narrator.say("a drill is started while the failover is open");
    RunState end = awaitDrill("the drill is over");
    narrator.expect(end.outcome() == Outcome.GAVE_WAY, "the drill did not give way");
    narrator.say(end.outcome() + ": " + end.ending());
  }

  private Seen goHome() {
    decide(new Decision.Failback(null, "its Region is healthy", "incident-commander", null));
    narrator.say("the way back is asked for; people say yes wherever it asks them");
    attended(
        "the application is closed while its last state is copied",
        seen -> seen.state().filter(WholeLife::isClosed).isPresent());
    Seen home =
        attended("the application serves from its own Region again", seen -> !seen.isOpen());
    narrator.expect(
        home.state().filter(end -> end.outcome() == Outcome.FAILED_BACK).isPresent(),
        "it did not come home");
    return home;
  }

  private void aDrillRuns() {
    if (narrator.stack().isServerReal()) {
      schedule();
    } else {
      startDrill();
    }
    RunState end =
        narrator
            .await(
                "the drill is over: it restored a copy, looked at it, and took it away",
                runs -> lastDrill(runs).filter(seen -> !seen.isOpen()))
            .state()
            .orElseThrow();
    narrator.expect(end.outcome() == Outcome.DRILLED, "the drill did not succeed");
    narrator.say(end.outcome() + ": " + end.ending());
  }

  private void schedule() {
    try (Runs runs = narrator.runs()) {
      runs.schedules().make(everyMinute(), "the demo");
    }
    narrator.say("the drill '" + DRILL + "' is scheduled, for every minute");
  }

  private DrillSchedule everyMinute() {
    JsonNode tree = plan.deepCopy();
    for (JsonNode drill : tree.withArray("drills")) {
      if (drill.path("name").asText().equals(DRILL)) {
        ((ObjectNode) drill).put("cron", "* * * * *");
      }
    }
    return DrillSchedule.of(PlanReader.admitted(tree)).stream()
        .filter(schedule -> schedule.name().equals(DRILL))
        .findFirst()
        .orElseThrow();
  }

  /** Not the one that gave way. */
  private Optional<Seen> lastDrill(Runs runs) {
    return Optional.of(runs.seeDrill(application, runs.findDrill(application, DRILL)))
        .filter(
            seen -> seen.state().filter(state -> state.outcome() != Outcome.GAVE_WAY).isPresent());
  }

  private void startDrill() {
    try (Runs runs = narrator.runs()) {
      runs.start(application, new DrillRequest(plan, DRILL, "the demo"));
    }
  }

  private RunState awaitDrill(String what) {
    return narrator
        .await(
            what,
            runs ->
                Optional.of(runs.seeDrill(application, Drill.id(application, DRILL)))
                    .filter(seen -> !seen.isOpen()))
        .state()
        .orElseThrow();
  }

  /** Waits, while people agree and do whatever the run asks of them. */
  private Seen attended(String what, Predicate<Seen> condition) {
    return narrator.await(
        what,
        runs -> {
          Optional<Seen> seen = Optional.of(runs.see(application)).filter(condition);
          people.attend(runs);
          return seen;
        });
  }

  private void decide(Decision decision) {
    try (Runs runs = narrator.runs()) {
      if (runs.send(application, decision) instanceof Reply.Ruled ruled
          && !ruled.ruling().obeyed()) {
        throw new StackFailure(
            "The run does not obey '%s': %s."
                .formatted(decision.verb(), ruled.ruling().sentence()));
      }
    }
  }

  private static boolean isClosed(RunState state) {
    return state.steps().stream()
        .anyMatch(step -> step.id().equals("freeze") && step.status().isOver());
  }
}
