package io.rekindle.run;

import io.rekindle.plan.Kinds;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges a way back from the plan, the cloud's log and what was answered to people. */
final class WayBackOracle {
  private final StepGraph graph;
  private final RehearsalCloud cloud;
  private final RunState before;
  private final RunState end;
  private final Instant asked;
  private final List<String> complaints = new ArrayList<>();

  private WayBackOracle(
      RandomWayBack way, RehearsalCloud cloud, RunState before, RunState end, Instant asked) {
    this.graph = way.graph();
    this.cloud = cloud;
    this.before = before;
    this.end = end;
    this.asked = asked;
  }

  /**
   * @param before what the run knew when it was asked to go home
   * @param asked when that was
   */
  static List<String> complaints(
      RandomWayBack way, RehearsalCloud cloud, RunState before, RunState end, Instant asked) {
    WayBackOracle oracle = new WayBackOracle(way, cloud, before, end, asked);
    oracle.ways(cloud.log()).forEach(oracle::isDue);
    oracle.eachOnce();
    oracle.theRecoveryStays();
    if (oracle.isGivenUp()) {
      oracle.everythingIsUndone();
    } else {
      oracle.word();
    }
    return oracle.complaints;
  }

  private void complain(String what, @Nullable Object... of) {
    complaints.add(what.formatted(of));
  }

  private List<Entry> ways(List<Entry> all) {
    return all.stream().filter(entry -> entry.step().startsWith(RandomWayBack.PREFIX)).toList();
  }

  private boolean isGivenUp() {
    return end.outcome() != Outcome.FAILED_BACK && end.stayed() != null;
  }

  private void isDue(Entry entry) {
    if (entry.at().isBefore(asked)) {
      complain("%s was made before anybody asked to go home", entry.key());
    }
    if (!graph.has(entry.step())) {
      complain("'%s' takes no part, and made %s", entry.step(), entry.key());
      return;
    }
    graph.steps().stream()
        .filter(step -> graph.isBefore(step.id(), entry.step()))
        .forEach(step -> isBehind(entry, step));
  }

  private void isBehind(Entry entry, Step step) {
    if (step.kind().isApproval() && !wasOpened(step)) {
      complain("%s was made, and gate '%s' was never opened", entry.key(), step.id());
    }
    ways(cloud.log()).stream()
        .filter(other -> other.step().equals(step.id()))
        .filter(other -> isOfOneAttempt(other, entry) && other.at().isAfter(entry.at()))
        .forEach(other -> complain("%s came before %s", entry.key(), other.key()));
  }

  /** A way that was given up begins anew under another generation. */
  private static boolean isOfOneAttempt(Entry one, Entry other) {
    return generation(one).equals(generation(other));
  }

  private static String generation(Entry entry) {
    return entry.key().split("/")[3];
  }

  private boolean wasOpened(Step gate) {
    return end.rulings().stream()
        .anyMatch(ruling ->
            ruling.obeyed()
                && ruling.sentence().startsWith("gate '" + gate.id() + "' is approved"));
  }

  private void eachOnce() {
    if (cloud.repeatedChanges() > 0) {
      complain("%d changes were made again", cloud.repeatedChanges());
    }
  }

  private void theRecoveryStays() {
    cloud.undone().stream()
        .filter(entry -> !entry.step().startsWith(RandomWayBack.PREFIX))
        .forEach(entry -> complain("%s of the recovery was undone", entry.key()));
    if (!Objects.equals(before.clocks().serving(), end.clocks().serving())) {
      complain("the recovery's clock went from %s to %s", before.clocks(), end.clocks());
    }
  }

  private void everythingIsUndone() {
    List<Entry> undone = ways(cloud.undone());
    ways(cloud.log()).stream()
        .filter(WayBackOracle::canBeUndone)
        .filter(entry ->
            undone.stream()
                .noneMatch(
                    other -> other.key().equals(entry.key()) && other.with().equals(entry.with())))
        .filter(entry -> !String.valueOf(end.stayed()).contains(entry.step()))
        .forEach(entry -> complain("%s still stands, and nobody says so", entry.key()));
    if (end.outcome() != before.outcome()) {
      complain("it was %s, and is %s", before.outcome(), end.outcome());
    }
  }

  private static boolean canBeUndone(Entry entry) {
    Undo undo = Kinds.named(entry.kind()).orElseThrow().facts().undo();
    return undo == Undo.DELETES_OURS || undo == Undo.PUTS_BACK;
  }

  /** Home is where somebody saw that traffic arrives. */
  private void word() {
    if (end.outcome() == Outcome.FAILED_BACK) {
      graph.steps().stream()
          .filter(step -> step.movesTraffic() && !step.fence())
          .filter(moving ->
              graph.steps().stream()
                  .filter(step -> graph.isBefore(moving.id(), step.id()))
                  .noneMatch(step -> step.kind().hasRole(Role.VERIFY) && is(step, Status.DONE)))
          .forEach(moving -> complain("it is home, and nobody verified '%s'", moving.id()));
    }
    if (end.clocks().home() != null) {
      graph.steps().stream()
          .filter(step -> !is(step, Status.DONE) && !is(step, Status.SKIPPED))
          .filter(step -> !is(step, Status.GAVE_UP))
          .forEach(step -> complain("it is home, and '%s' is not over", step.id()));
    }
  }

  private boolean is(Step step, Status status) {
    return end.steps().stream()
        .anyMatch(state -> state.id().equals(step.id()) && state.status() == status);
  }
}
