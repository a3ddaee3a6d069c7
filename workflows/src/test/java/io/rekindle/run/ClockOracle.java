package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the words and the clocks by which a run says how it went. */
final class ClockOracle {
  private final Played played;
  private final StepGraph graph;
  private final Clocks clocks;
  private final List<String> complaints = new ArrayList<>();

  private ClockOracle(Played played) {
    this.played = played;
    this.graph = played.graph();
    this.clocks = played.state().clocks();
  }

  static List<String> complaints(Played played) {
    ClockOracle oracle = new ClockOracle(played);
    oracle.impact();
    oracle.decided();
    oracle.fenced();
    oracle.serving();
    oracle.word();
    return oracle.complaints;
  }

  private void complain(String what, @Nullable Object... of) {
    complaints.add(what.formatted(of));
  }

  private void impact() {
    Duration ago = played.story().asked().impactAgo();
    Instant impact = clocks.impact();
    if ((ago == null) != (impact == null)) {
      complain("it was asked for with an impact of %s, and says %s", ago, impact);
    } else if (impact != null && impact.isAfter(clocks.declared())) {
      complain("the impact of %s lies after the start at %s", impact, clocks.declared());
    }
  }

  /** The first yes that opened a gate. */
  private void decided() {
    Instant decided = clocks.decided();
    if (decided != null
        && played
            .said(Decision.Approve.class)
            .filter(said -> !said.wasRefused())
            .noneMatch(said -> isWithin(said, decided))) {
      complain("it was decided at %s, when nobody agreed", decided);
    }
  }

  private static boolean isWithin(Said said, Instant when) {
    // A signal is heard when a worker comes to it.
    return !when.isBefore(said.before()) && (said.ruling() == null || !when.isAfter(said.after()));
  }

  /** Only what AWS showed to hold is fenced. */
  private void fenced() {
    Instant fenced = clocks.fenced();
    if (fenced != null) {
      graph.steps().stream()
          .filter(Step::fence)
          .filter(fence -> !played.wasSettled(fence.id(), fenced))
          .forEach(fence -> complain("it is fenced at %s without '%s'", fenced, fence.id()));
    }
  }

  private void serving() {
    Instant serving = clocks.serving();
    if (serving != null && clocks.decided() != null && serving.isBefore(clocks.decided())) {
      complain("it serves at %s, before it was decided at %s", serving, clocks.decided());
    }
    if ((serving != null) != isOver(played.state().outcome())) {
      complain("it is %s and serves at %s", played.state().outcome(), serving);
    }
  }

  private static boolean isOver(@Nullable Outcome outcome) {
    return outcome == Outcome.RECOVERED || outcome != null && outcome.name().equals("UNVERIFIED");
  }

  /** Recovered is what serves, and whose traffic was seen to arrive. */
  private void word() {
    Outcome outcome = played.state().outcome();
    if (!isOver(outcome)) {
      return;
    }
    boolean serves =
        graph.steps().stream()
            .filter(step -> !step.fence())
            .filter(step -> step.kind().hasRole(Role.COMPUTE) || step.movesTraffic())
            .anyMatch(step -> played.wasSettled(step.id(), Instant.MAX));
    List<String> failed =
        graph.steps().stream()
            .filter(step -> step.mayFail() && !step.fence())
            .filter(step -> step.movesTraffic() || step.kind().hasRole(Role.VERIFY))
            .map(Step::id)
            .filter(step -> !played.wasSettled(step, Instant.MAX))
            .filter(step -> !played.wasSkipped(step, Instant.MAX))
            .toList();
    boolean recovered = serves && failed.isEmpty();
    if (recovered != (outcome == Outcome.RECOVERED)) {
      complain("it is called %s; it serves: %s, what failed: %s", outcome, serves, failed);
    }
  }
}
