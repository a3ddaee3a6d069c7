package io.rekindle.run;

import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges what was changed, and when: from the plan, the cloud's log and what people said, never
 * from what the run tells of itself.
 */
final class Oracle {
  private final Played played;
  private final StepGraph graph;
  private final List<String> complaints = new ArrayList<>();

  private Oracle(Played played) {
    this.played = played;
    this.graph = played.graph();
  }

  static List<String> complaints(Played played) {
    Oracle oracle = new Oracle(played);
    oracle.nothingTwice();
    oracle.log().forEach(oracle::inOrder);
    oracle.log().forEach(oracle::approved);
    oracle.log().forEach(oracle::performed);
    oracle.log().forEach(oracle::fenced);
    if (played.state().phase() == Phase.SERVING) {
      oracle.graph.steps().forEach(oracle::nothingLost);
    }
    if (played.state().outcome() == Outcome.RECOVERED) {
      oracle.serves();
    }
    oracle.complaints.addAll(EndOracle.complaints(played));
    return oracle.complaints;
  }

  private void complain(String what, Object... of) {
    complaints.add(what.formatted(of));
  }

  /** What was changed by steps; messages of the plan's own are not judged. */
  private List<Entry> log() {
    return played.log().stream().filter(entry -> graph.has(entry.step())).toList();
  }

  private Step step(Entry entry) {
    return graph.step(entry.step());
  }

  /** The last part of a change's key. */
  static String change(Entry entry) {
    return entry.key().substring(entry.key().lastIndexOf('/') + 1);
  }

  private static String generation(Entry entry) {
    String[] parts = entry.key().split("/", -1);
    return parts[parts.length - 2];
  }

  /** No guarded change happens twice, unless somebody wants it made anew. */
  private void nothingTwice() {
    List<Entry> guarded =
        log().stream().filter(entry -> step(entry).kind().facts().guard() != Guard.NONE).toList();
    Set<String> keys = new HashSet<>();
    guarded.stream()
        .filter(entry -> !keys.add(entry.key()))
        .forEach(entry -> complain("%s was made twice", entry.key()));
    Map<String, Long> times =
        guarded.stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.step() + ": " + change(entry), Collectors.counting()));
    times.forEach((what, count) -> {
      long wanted = 1 + anew(what.substring(0, what.indexOf(':')));
      if (count > wanted) {
        complain("%s was made %d times, and wanted %d times", what, count, wanted);
      }
    });
  }

  private long anew(String step) {
    return played
        .said(Decision.Retry.class)
        .filter(said -> !said.wasRefused())
        .map(said -> (Decision.Retry) said.decision())
        .filter(retry -> retry.step().equals(step) && retry.anew())
        .count();
  }

  /** Every step that is needed was over before. */
  private void inOrder(Entry entry) {
    graph.steps().stream()
        .filter(need -> graph.isBefore(need.id(), entry.step()))
        .filter(need -> !need.kind().isControl())
        .filter(need -> !wasSettled(need.id(), entry.at()))
        .filter(need -> !need.mayFail() && !wasSkipped(need.id(), entry.at()))
        .forEach(need -> complain("%s was made before '%s' was over", entry.key(), need.id()));
    List<String> declared = step(entry).kind().changes().stream().map(Kind.Change::name).toList();
    log().stream()
        .filter(other -> other.step().equals(entry.step()))
        .filter(other -> generation(other).equals(generation(entry)))
        .filter(other -> declared.indexOf(change(other)) < declared.indexOf(change(entry)))
        .filter(other -> log().indexOf(other) > log().indexOf(entry))
        .forEach(other -> complain("%s was made before %s", entry.key(), other.key()));
  }

  private boolean wasSettled(String step, Instant before) {
    return played.looks().stream()
        .filter(look -> look.step().equals(step) && !look.at().isAfter(before))
        .anyMatch(look -> look.seen() instanceof Observation.Settled);
  }

  private boolean wasSkipped(String step, Instant before) {
    return saidBefore(Decision.Skip.class, before, skip -> skip.step().equals(step));
  }

  private <D extends Decision> boolean saidBefore(
      Class<D> verb, Instant before, Predicate<D> which) {
    return played
        .said(verb)
        .filter(said -> !said.wasRefused() && !said.before().isAfter(before))
        .map(said -> verb.cast(said.decision()))
        .anyMatch(which);
  }

  /** Every task on the way was done, or somebody did without it. */
  private void performed(Entry entry) {
    graph.steps().stream()
        .filter(task -> graph.isBefore(task.id(), entry.step()))
        .filter(task -> task.kind().isTask())
        .filter(task ->
            !saidBefore(Decision.Done.class, entry.at(), done -> done.step().equals(task.id())))
        .filter(task -> !wasSkipped(task.id(), entry.at()))
        .forEach(task -> complain("%s was made before '%s' was done", entry.key(), task.id()));
  }

  /** Every gate on the way was opened by enough people. */
  private void approved(Entry entry) {
    graph.steps().stream()
        .filter(gate -> graph.isBefore(gate.id(), entry.step()))
        .filter(gate -> gate.kind().isApproval())
        .filter(gate -> !isOpened(gate, entry.at()))
        .forEach(
            gate -> complain("%s was made before gate '%s' was opened", entry.key(), gate.id()));
  }

  private boolean isOpened(Step gate, Instant before) {
    Control.Approval rules = approval(gate);
    long agreed =
        played
            .said(Decision.Approve.class)
            .filter(said -> !said.wasRefused() && !said.before().isAfter(before))
            .map(Said::decision)
            .map(Decision.Approve.class::cast)
            .filter(yes -> yes.run() == null)
            .filter(yes -> yes.gate() == null || yes.gate().equals(gate.id()))
            .map(yes -> Objects.requireNonNullElse(yes.by(), ""))
            .filter(name -> !name.equals("asker"))
            .filter(name -> rules.approvers().isEmpty() || rules.approvers().contains(name))
            .distinct()
            .count();
    return agreed >= rules.quorum();
  }

  private static Control.Approval approval(Step gate) {
    return (Control.Approval)
        Binding.bind(
                gate.kind(), gate.with(), word -> new Node.Unknown(gate.with().place()), gate.id())
            .value()
            .orElseThrow();
  }

  /** Traffic moves only behind fences that hold, unless somebody accepts that they do not. */
  private void fenced(Entry entry) {
    if (!step(entry).movesTraffic() || isAcceptedUnfenced(entry)) {
      return;
    }
    graph.steps().stream()
        .filter(Step::fence)
        .filter(fence -> !fence.id().equals(entry.step()))
        .filter(fence -> isBeforeTraffic(fence) || graph.isBefore(fence.id(), entry.step()))
        .filter(fence -> !wasSettled(fence.id(), entry.at()))
        .forEach(
            fence -> complain("%s was made although '%s' does not hold", entry.key(), fence.id()));
  }

  private boolean isBeforeTraffic(Step fence) {
    return graph.steps().stream()
        .filter(Step::movesTraffic)
        .noneMatch(moving -> graph.isBefore(moving.id(), fence.id()));
  }

  private boolean isAcceptedUnfenced(Entry entry) {
    return saidBefore(Decision.Approve.class, entry.at(), Decision.Approve::acceptUnfenced)
        || saidBefore(
            Decision.Retry.class,
            entry.at(),
            retry -> graph.has(retry.step()) && graph.step(retry.step()).movesTraffic());
  }

  /** Who says that it recovered has made everything that was to be made. */
  private void nothingLost(Step step) {
    Kind kind = step.kind();
    if (kind.isControl() || step.mayFail() || wasSkipped(step.id(), Instant.MAX)) {
      return;
    }
    if (!wasSettled(step.id(), Instant.MAX)) {
      complain("it recovered, but nobody ever saw '%s' settled", step.id());
    }
    List<String> wanted =
        kind.changes().stream()
            .filter(change -> change.onlyIf().isEmpty())
            .map(Kind.Change::name)
            .toList();
    boolean made =
        log().stream()
            .filter(entry -> entry.step().equals(step.id()))
            .collect(
                Collectors.groupingBy(
                    Oracle::generation, Collectors.mapping(Oracle::change, Collectors.toSet())))
            .values()
            .stream()
            .anyMatch(changes -> changes.containsAll(wanted));
    if (!wanted.isEmpty() && !made && !wasAdopted(step)) {
      complain("it recovered, but '%s' did not make %s", step.id(), wanted);
    }
  }

  /** Who says so was seen to serve, and what moves traffic was followed by a look that passed. */
  private void serves() {
    if (graph.steps().stream()
        .filter(step -> !step.fence())
        .filter(step -> step.movesTraffic() || step.kind().hasRole(Facts.Role.COMPUTE))
        .noneMatch(step -> wasSettled(step.id(), Instant.MAX))) {
      complain("it recovered, but nothing serves");
    }
    graph.steps().stream()
        .filter(step -> step.movesTraffic() && !step.fence())
        .filter(moving ->
            graph.steps().stream()
                .filter(step -> graph.isBefore(moving.id(), step.id()))
                .filter(step -> step.kind().hasRole(Facts.Role.VERIFY))
                .noneMatch(step -> wasSettled(step.id(), Instant.MAX)))
        .forEach(moving -> complain("it recovered, but nobody verified '%s'", moving.id()));
  }

  private boolean wasAdopted(Step step) {
    return played.story().script().foreign().contains(step.id())
        && saidBefore(
            Decision.Retry.class,
            Instant.MAX,
            retry -> retry.step().equals(step.id()) && retry.adopt());
  }
}
