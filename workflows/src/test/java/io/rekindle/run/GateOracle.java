package io.rekindle.run;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Judges who opened the gates that lie before a change: never from what the run tells. */
final class GateOracle {
  private final Played played;
  private final StepGraph graph;
  private final List<String> complaints = new ArrayList<>();

  private GateOracle(Played played) {
    this.played = played;
    this.graph = played.graph();
  }

  static List<String> complaints(Played played) {
    GateOracle oracle = new GateOracle(played);
    played.log().stream().filter(entry -> oracle.graph.has(entry.step())).forEach(oracle::approved);
    played.said(Decision.Approve.class).forEach(oracle::heldOpen);
    return oracle.complaints;
  }

  /** Every gate on the way was opened by enough people. */
  private void approved(Entry entry) {
    graph.steps().stream()
        .filter(gate -> graph.isBefore(gate.id(), entry.step()))
        .filter(gate -> gate.kind().isApproval())
        .filter(gate -> !isOpened(gate, entry.at()))
        .forEach(gate ->
            complaints.add(
                "%s was made before gate '%s' was opened".formatted(entry.key(), gate.id())));
  }

  /** So many agreed to one question: nobody's yes outlives what it was shown. */
  private boolean isOpened(Step gate, Instant before) {
    Control.Approval rules = rules(gate);
    List<Said> counting = counting(gate, rules, before);
    return counting.stream()
        .anyMatch(first -> together(counting, first, gate, rules) >= rules.quorum());
  }

  /** A question that was shown for the first yes stays open for so long, and as was asked for. */
  private long together(List<Said> counting, Said first, Step gate, Control.Approval rules) {
    return counting.stream()
        .filter(yes -> !yes.after().isBefore(first.before()))
        .filter(yes ->
            !atServer(yes.before())
                .isAfter(
                    atServer(first.after())
                        .plus(rules.expires())
                        .plus(Longer.atMost(played, gate, Instant.MIN, yes.before()))))
        .map(yes -> name(yes))
        .distinct()
        .count();
  }

  /** Nobody is told that a question expired, when it was to stay open for longer. */
  private void heldOpen(Said yes) {
    String gate = ((Decision.Approve) yes.decision()).gate();
    if (gate == null || !yes.wasRefused() || !yes.sentence().contains(" expired at ")) {
      return;
    }
    played
        .said(Decision.Extend.class)
        .filter(said -> played.isSure(said) && !said.after().isAfter(yes.before()))
        .filter(said -> gate.equals(((Decision.Extend) said.decision()).gate()))
        .filter(said ->
            yes.after()
                .isBefore(said.before().plus(Longer.time((Decision.Extend) said.decision()))))
        .forEach(said ->
            complaints.add("%s came in time, because %s: %s".formatted(yes, said, yes.sentence())));
  }

  private Instant atServer(Instant inStory) {
    return played.time().atServer(inStory);
  }

  private List<Said> counting(Step gate, Control.Approval rules, Instant before) {
    return played
        .said(Decision.Approve.class)
        .filter(said -> !said.wasRefused() && !said.before().isAfter(before))
        .filter(said -> said.decision().run() == null)
        .filter(said -> isFor(gate, (Decision.Approve) said.decision()))
        .filter(said -> counts(name(said), rules))
        .filter(said -> ((Decision.Approve) said.decision()).accept().containsAll(failing(gate)))
        .toList();
  }

  /**
   * The checks that failed for certain: what nothing before it can bring or tell, and about which
   * nobody said anything.
   */
  private List<String> failing(Step gate) {
    return played.story().script().unready().stream()
        .filter(graph::has)
        .map(graph::step)
        .filter(step -> graph.isBefore(gate.id(), step.id()))
        .filter(step -> !step.kind().isControl() && !step.kind().looksOnly())
        .filter(step ->
            Binding.wordsIn(step.with()).stream()
                .noneMatch(Expression.StepOutput.class::isInstance))
        .filter(step ->
            graph.steps().stream()
                .filter(earlier -> graph.isBefore(earlier.id(), step.id()))
                .noneMatch(earlier -> earlier.kind().service().equals(step.kind().service())))
        .filter(step -> !isTalkedAbout(step))
        .map(step -> "check:" + step.id())
        .toList();
  }

  private boolean isTalkedAbout(Step step) {
    return played
        .said(Decision.AboutStep.class)
        .anyMatch(said -> ((Decision.AboutStep) said.decision()).step().equals(step.id()));
  }

  private static boolean isFor(Step gate, Decision.Approve yes) {
    return yes.gate() == null || yes.gate().equals(gate.id());
  }

  private static String name(Said yes) {
    return Objects.requireNonNullElse(yes.decision().by(), "");
  }

  /** Where it matters who agrees, nobody counts who does not say who he is. */
  private static boolean counts(String name, Control.Approval rules) {
    if (name.isEmpty()) {
      return rules.approvers().isEmpty() && rules.quorum() == 1 && rules.requesterMayApprove();
    }
    return (rules.requesterMayApprove() || !name.equals(RandomStory.ASKER))
        && (rules.approvers().isEmpty() || rules.approvers().contains(name));
  }

  private Control.Approval rules(Step gate) {
    return (Control.Approval) played.bound(gate).value().orElseThrow();
  }
}
