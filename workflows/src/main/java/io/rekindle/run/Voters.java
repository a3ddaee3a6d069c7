package io.rekindle.run;

import io.rekindle.plan.step.Control;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose yes counts at a gate: nowhere else is that known.
 *
 * @param requester who started the run, where that was said
 */
record Voters(Control.Approval rules, @Nullable String requester) {

  /** Why this yes does not count, or nothing. */
  Optional<String> objection(Gate gate, String who) {
    if (who.isEmpty() && doNamesMatter()) {
      return Optional.of(
          rules.approvers().isEmpty()
              ? "gate '%s' needs to know who agrees: add a name (by)".formatted(gate.id())
              : "gate '%s' needs a named approver: %s".formatted(gate.id(), approvers()));
    }
    if (!rules.approvers().isEmpty() && !rules.approvers().contains(who)) {
      return Optional.of(
          "'%s' may not approve gate '%s'; %s may".formatted(who, gate.id(), approvers()));
    }
    if (!rules.requesterMayApprove() && requester != null && isSame(requester, who)) {
      return Optional.of(
          "'%s' started the run and may not approve gate '%s'".formatted(who, gate.id()));
    }
    return gate.agreed().stream().anyMatch(other -> isSame(other, who))
        ? Optional.of("'" + who + "' agreed already")
        : Optional.empty();
  }

  /** Whoever is not named could be the requester, or somebody who agreed already. */
  private boolean doNamesMatter() {
    return !rules.approvers().isEmpty() || rules.quorum() > 1 || !rules.requesterMayApprove();
  }

  /** One person is not two by another spelling. */
  private static boolean isSame(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }

  private String approvers() {
    return String.join(" or ", rules.approvers());
  }
}
