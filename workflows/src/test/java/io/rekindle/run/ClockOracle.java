package io.rekindle.run;

import io.rekindle.action.Observation;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
    played.state().gates().forEach(oracle::expires);
    oracle.fenced();
    played.state().openFences().forEach(oracle::stillTried);
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

  private boolean isWithin(Said said, Instant when) {
    TimeScale time = played.time();
    // A signal is heard when a worker comes to it.
    return !when.isBefore(time.atServer(said.before()))
        && (said.ruling() == null
            || played.isRewindable()
            || !when.isAfter(time.atServer(said.after())));
  }

  /** A question is open for so long as the plan says, and as people asked for meanwhile. */
  private void expires(Gate gate) {
    Step step = graph.step(gate.id());
    Control.Approval rules = (Control.Approval) played.bound(step).value().orElseThrow();
    Instant opened = played.time().inStory(gate.opened());
    Instant byPlan = gate.opened().plus(rules.expires());
    Instant soonest = byPlan.plus(Longer.atLeast(played, step, opened));
    Instant latest = byPlan.plus(Longer.atMost(played, step, opened, Instant.MAX));
    if (gate.expires().isBefore(soonest) || gate.expires().isAfter(latest)) {
      complain("%s is to expire from %s to %s", gate, soonest, latest);
    }
    if (!wasAskedForAgain(gate) && Longer.isHeld(played, step, opened)) {
      complain("%s was asked anew, while it was to stay open", gate);
    }
  }

  /** Somebody rejected it, and then wanted it asked again. */
  private boolean wasAskedForAgain(Gate gate) {
    return played.saidBefore(
        Decision.Retry.class, Instant.MAX, retry -> retry.step().equals(gate.id()));
  }

  /** Only what AWS showed to hold is fenced. */
  private void fenced() {
    Instant fenced = clocks.fenced();
    if (fenced != null) {
      graph.steps().stream()
          .filter(Step::fence)
          .filter(fence -> !played.wasSettled(fence.id(), played.time().inStory(fenced)))
          .forEach(fence -> complain("it is fenced at %s without '%s'", fenced, fence.id()));
    }
  }

  /** What was seen to hold is not tried any more. */
  private void stillTried(OpenFence open) {
    Instant since = played.time().inStory(open.since());
    if (played.looks().stream()
        .filter(look -> look.step().equals(open.fence()) && look.at().isAfter(since))
        .anyMatch(look -> look.seen() instanceof Observation.Settled)) {
      complain("'%s' is tried still, though it was seen to hold", open.fence());
    }
  }

  private void serving() {
    Instant serving = clocks.serving();
    if (serving != null && clocks.decided() != null && serving.isBefore(clocks.decided())) {
      complain("it serves at %s, before it was decided at %s", serving, clocks.decided());
    }
    if ((serving != null) != isOver(played.state().outcome()) && clocks.home() == null) {
      complain("it is %s and serves at %s", played.state().outcome(), serving);
    }
  }

  private static boolean isOver(@Nullable Outcome outcome) {
    return outcome == Outcome.RECOVERED || outcome == Outcome.UNVERIFIED;
  }

  /** Recovered is what serves, and whose traffic was seen to arrive. */
  private void word() {
    Outcome outcome = played.state().outcome();
    if (!isOver(outcome) || clocks.home() != null) {
      return;
    }
    List<String> doubts = doubts(this::wasSettled, step -> wasSettled(step) || wasSkipped(step));
    if (outcome == Outcome.RECOVERED && !doubts.isEmpty()) {
      complain("it is called RECOVERED, but %s", doubts);
    }
    if (outcome == Outcome.UNVERIFIED && doubts(this::isSurelyDone, this::isSurelyDone).isEmpty()) {
      complain("it is called UNVERIFIED, and nothing is wrong with it");
    }
  }

  private boolean wasSettled(Step step) {
    return played.wasSettled(step.id(), Instant.MAX);
  }

  private boolean wasSkipped(Step step) {
    return played.wasSkipped(step.id(), Instant.MAX);
  }

  /**
   * A skip that was only sent may have been obeyed or not. What may fail, and was seen settled, may
   * still have run out of its time in the run that a rewound server went on with.
   */
  private boolean isSurelyDone(Step step) {
    return wasSettled(step) && !wasSkipped(step) && !(played.isRewindable() && step.mayFail());
  }

  /**
   * @param isExcused which of those that may fail raise no doubt
   */
  private List<String> doubts(Predicate<Step> isDone, Predicate<Step> isExcused) {
    List<String> doubts = new ArrayList<>();
    if (graph.steps().stream().filter(ClockOracle::serves).noneMatch(isDone)) {
      doubts.add("nothing serves");
    }
    graph.steps().stream()
        .filter(step -> step.mayFail() && (step.movesTraffic() || isVerification(step)))
        .filter(step -> !isExcused.test(step))
        .forEach(step -> doubts.add(step.id() + " failed"));
    graph.steps().stream()
        .filter(step -> step.movesTraffic() && !step.fence())
        .filter(moving ->
            graph.steps().stream()
                .filter(step -> graph.isBefore(moving.id(), step.id()) && isVerification(step))
                .noneMatch(isDone))
        .forEach(moving -> doubts.add("nobody verified " + moving.id()));
    return doubts;
  }

  private static boolean isVerification(Step step) {
    return step.kind().hasRole(Role.VERIFY);
  }

  private static boolean serves(Step step) {
    return !step.fence()
        && step.region() != Side.PRIMARY
        && (step.kind().hasRole(Role.COMPUTE) || step.movesTraffic());
  }
}
