package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges whether a run was let in that had to be refused, or refused without a reason. */
final class DoorOracle {
  private final Played played;
  private final List<String> reasons = new ArrayList<>();

  private DoorOracle(Played played) {
    this.played = played;
  }

  static List<String> complaints(Played played) {
    DoorOracle oracle = new DoorOracle(played);
    oracle.played.graph().steps().forEach(oracle::fits);
    oracle.played.graph().steps().forEach(oracle::canOpen);
    oracle.impact();
    oracle.takesAStep();
    return oracle.complaints();
  }

  private List<String> complaints() {
    if (!played.wasRefused()) {
      return reasons.stream().map("it was let in, although "::concat).toList();
    }
    List<String> complaints = new ArrayList<>();
    if (reasons.isEmpty()) {
      complaints.add("it was refused for no reason: " + played.ending());
    }
    if (!played.log().isEmpty()) {
      complaints.add("it was refused after it made " + played.log());
    }
    return complaints;
  }

  /** What a step takes from whoever starts the run is known from the beginning. */
  private void fits(Step step) {
    played
        .bound(step)
        .problems()
        .forEach(problem -> reasons.add("'%s': %s".formatted(step.id(), problem)));
  }

  /** Somebody must be able to open every gate. */
  private void canOpen(Step step) {
    if (played.bound(step).value().orElse(null) instanceof Control.Approval rules) {
      long counting =
          rules.approvers().stream()
              .filter(name -> !name.isBlank())
              .filter(name -> rules.requesterMayApprove() || !name.equals(RandomStory.ASKER))
              .distinct()
              .count();
      if (!rules.approvers().isEmpty() && counting < rules.quorum()) {
        reasons.add("gate '%s' can never open: %s".formatted(step.id(), rules));
      }
      if (rules.approvers().stream().anyMatch(String::isBlank)) {
        reasons.add("gate '%s' names nobody: %s".formatted(step.id(), rules));
      }
    }
  }

  private void impact() {
    Duration ago = played.story().asked().impactAgo();
    if (ago != null && ago.isNegative()) {
      reasons.add("it will hurt only in the future");
    }
  }

  private void takesAStep() {
    if (played.graph().steps().stream()
        .map(Step::kind)
        .allMatch(kind -> kind.isApproval() || kind.isWait())) {
      reasons.add("no step takes part");
    }
  }
}
