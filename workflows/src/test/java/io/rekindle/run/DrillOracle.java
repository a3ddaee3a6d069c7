package io.rekindle.run;

import io.rekindle.plan.Kinds;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.RunState.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a drill from the plan and the cloud's log alone: what it may touch, and must take away.
 */
final class DrillOracle {
  private final RehearsalCloud cloud;
  private final RunState end;
  private final String application;
  private final Set<String> taken;
  private final List<String> complaints = new ArrayList<>();

  private DrillOracle(RandomDrill drill, RehearsalCloud cloud, RunState end) {
    this.cloud = cloud;
    this.end = end;
    this.application = drill.plan().application().value();
    this.taken = drill.taken().stream().map(Step::id).collect(Collectors.toSet());
  }

  static List<String> complaints(RandomDrill drill, RehearsalCloud cloud, RunState end) {
    DrillOracle oracle = new DrillOracle(drill, cloud, end);
    oracle.ours(cloud.log()).stream()
        .filter(entry -> !Played.isMessage(entry))
        .forEach(oracle::mayBeTouched);
    oracle.eachOnce();
    oracle.nobodyIsAsked();
    oracle.everythingIsTakenAway();
    oracle.word();
    return oracle.complaints;
  }

  /** Of the drill, not of a failover beside it. */
  private List<Entry> ours(List<Entry> all) {
    String prefix = application + "/" + end.run() + "/";
    return all.stream().filter(entry -> entry.key().startsWith(prefix)).toList();
  }

  private void complain(String what, @Nullable Object... of) {
    complaints.add(what.formatted(of));
  }

  private void mayBeTouched(Entry entry) {
    if (!taken.contains(entry.step())) {
      complain("'%s' takes no part in the drill, and made %s", entry.step(), entry.key());
    }
    if (entry.region().equals("us-east-2")) {
      complain("%s was made in the primary Region", entry.key());
    }
  }

  private void eachOnce() {
    if (cloud.repeatedChanges() > 0) {
      complain("%d changes were made again", cloud.repeatedChanges());
    }
  }

  private void nobodyIsAsked() {
    if (!end.gates().isEmpty() || !end.tasks().isEmpty()) {
      complain("somebody was asked: %s, %s", end.gates(), end.tasks());
    }
  }

  private void everythingIsTakenAway() {
    List<Entry> undone = ours(cloud.undone());
    ours(cloud.log()).stream()
        .filter(entry -> leavesSomething(entry))
        .filter(entry ->
            undone.stream()
                .noneMatch(
                    other -> other.key().equals(entry.key()) && other.with().equals(entry.with())))
        .filter(entry -> !isLeftToAFailover(entry))
        .filter(entry -> !isNamed(entry))
        .forEach(entry -> complain("%s is still there, and nobody says so", entry.key()));
  }

  private static Undo undo(Entry entry) {
    return Kinds.named(entry.kind()).orElseThrow().facts().undo();
  }

  private static Drill drill(Entry entry) {
    return Kinds.named(entry.kind()).orElseThrow().facts().drill();
  }

  private static boolean leavesSomething(Entry entry) {
    return undo(entry) == Undo.DELETES_OURS || undo(entry) == Undo.PUTS_BACK;
  }

  private boolean isLeftToAFailover(Entry entry) {
    return drill(entry) == Drill.IN_PLACE && says("kept: ") && says(entry.step() + ": as it is");
  }

  private boolean isNamed(Entry entry) {
    return end.outcome() == Outcome.LEFTOVERS && says(entry.step());
  }

  private boolean says(String words) {
    return String.valueOf(end.ending()).contains(words);
  }

  /** Drilled is what did all its steps, and left nothing. */
  private void word() {
    boolean done =
        end.steps().stream()
            .allMatch(step ->
                switch (step.status()) {
                  case UNDONE, DONE, GAVE_UP, SKIPPED -> true;
                  case PENDING, RUNNING, ASKING, BLOCKED -> false;
                });
    if (end.outcome() == Outcome.DRILLED && (!done || !says("every step of the drill is over"))) {
      complain("it is called DRILLED: %s", end);
    }
    if (end.outcome() == Outcome.LEFTOVERS && !says("could not undo: ") && !says("left behind: ")) {
      complain("it is called LEFTOVERS, and names nothing: %s", end.ending());
    }
  }
}
