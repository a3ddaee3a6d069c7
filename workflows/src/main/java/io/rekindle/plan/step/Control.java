package io.rekindle.plan.step;

import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.AtMost;
import io.rekindle.plan.shape.Default;
import io.rekindle.plan.shape.Says;
import io.rekindle.plan.shape.Written;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import java.time.Duration;
import java.util.List;

/** Steps that the workflow interprets itself: they touch nothing outside. */
public sealed interface Control extends Declared {

  @Facts(
      kind = "approval",
      says =
          "Asks people whether to go on, and shows what they need to decide: the probes, the"
              + " recovery point with the data loss it means, the time the rest will take, what"
              + " cannot be undone, and what fencing achieved.",
      role = Role.CONTROL,
      plane = Plane.NONE,
      settles = @Lasts(min = "1m", likely = "5m", max = "20m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill touches nothing that people would have to agree to.",
      budget = "7d")
  record Approval(
      @Says("The question, as the person on call will read it.") String question,
      @Says("Exact names of those who may answer; anyone may when the list is empty.")
          List<String> approvers,
      @Says("How many different people must agree.") @Default("1") @AtLeast(1) @AtMost(9)
          int quorum,
      @Says("After this time the outage is assessed again and the question asked anew.")
          @Default("30m")
          Duration expires,
      @Says("Whether the person who started the run counts as one who agrees.")
          boolean requesterMayApprove)
      implements Control {
    public Approval {
      if (expires.isZero()) {
        throw new IllegalArgumentException("the question must stay open for some time");
      }
      if (!approvers.isEmpty() && quorum > approvers.stream().distinct().count()) {
        throw new IllegalArgumentException(
            "quorum " + quorum + " cannot be reached by the approvers named");
      }
    }
  }

  @Facts(
      kind = "wait",
      says =
          "Lets a fixed time pass, for instance the old TTL of a DNS record, before the next step"
              + " starts.",
      role = Role.CONTROL,
      plane = Plane.NONE,
      settles = @Lasts(min = "1m", likely = "1m", max = "1m", source = "the step's own field"),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: waiting proves nothing.",
      budget = "1d")
  record Wait(@Written("for") @Says("How long to wait.") Duration duration) implements Control {
    public Wait {
      if (duration.isZero() || duration.compareTo(Duration.ofHours(24)) > 0) {
        throw new IllegalArgumentException("a wait lasts more than nothing and at most 24h");
      }
    }
  }
}
