package io.rekindle.plan.step;

import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.TOLD;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps that the workflow interprets itself: they touch nothing outside. */
public sealed interface Control extends Declared {
  /** How long it lasts, where the plan says so itself. */
  default Optional<Duration> lasts() {
    return Optional.empty();
  }

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
      @Says("Exact names of those who may answer.") @Default(Approval.ANYONE) @AtLeast(1)
          List<String> approvers,
      @Says("How many different people must agree.") @Default("1") @AtLeast(1) @AtMost(9)
          int quorum,
      @Says("After this time the outage is assessed again and the question asked anew.")
          @Default("30m")
          Duration expires,
      @Says("Whether the person who started the run counts as one who agrees.")
          boolean requesterMayApprove)
      implements Control {
    /** No list is written; an empty one is refused, because it could mean nobody. */
    static final String ANYONE = "anyone";

    public Approval {
      if (expires.isZero()) {
        throw new IllegalArgumentException("the question must stay open longer than 0s");
      }
      if (!approvers.isEmpty() && quorum > people(approvers).size()) {
        throw new IllegalArgumentException(
            "quorum " + quorum + " cannot be reached by the approvers named");
      }
    }

    /** One person is not two by another spelling. */
    private static Set<String> people(List<String> names) {
      Set<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.forEach(name -> people.add(name.strip()));
      return people;
    }

    /** Whether enough people may agree who did not start the run. */
    public boolean canOpen(@Nullable String requester) {
      Set<String> counting = people(approvers);
      return approvers.isEmpty()
          || requester == null
          || requesterMayApprove
          || !counting.remove(requester.strip())
          || counting.size() >= quorum;
    }
  }

  @Facts(
      kind = "wait",
      says =
          "Lets a fixed time pass, for instance the old TTL of a DNS record, before the next step"
              + " starts.",
      role = Role.CONTROL,
      plane = Plane.NONE,
      settles = @Lasts(min = "1m", likely = "1m", max = "1m", source = TOLD),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: waiting proves nothing.",
      budget = "1d")
  record Wait(@Written("for") @Says("How long to wait.") Duration duration) implements Control {
    public Wait {
      if (duration.isZero() || duration.compareTo(Duration.ofHours(24)) > 0) {
        throw new IllegalArgumentException("a wait lasts longer than 0s and at most 24h");
      }
    }

    @Override
    public Optional<Duration> lasts() {
      return Optional.of(duration);
    }
  }

  @Facts(
      kind = "task",
      says =
          "Something that only a person can do, such as freezing changes or calling a partner. The"
              + " run tells those named in 'notify', waits, and goes on when somebody says done.",
      role = Role.CONTROL,
      plane = Plane.NONE,
      settles = @Lasts(min = "15m", likely = "15m", max = "15m", source = TOLD),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out, unless the drill says 'ask: true'.",
      budget = "7d")
  record Task(
      @Says("What is to be done, as the person on call will read it.") String says,
      @Says("Who does it: a person, a role or a team.") @Nullable String owner,
      @Says("How long it usually takes; forecasts count it, and it is late after that.")
          Duration expected,
      @Says("What 'done' must come with: none, text (a few words) or link (a URL).")
          @Default("none")
          Proof proof)
      implements Control {
    public Task {
      if (says.isBlank()) {
        throw new IllegalArgumentException("a task says what is to be done");
      }
      if (expected.isZero() || expected.compareTo(Duration.ofDays(7)) > 0) {
        throw new IllegalArgumentException("a task is expected to take some time, at most 7d");
      }
    }

    /** What shows that a task was done. */
    public enum Proof {
      NONE,
      TEXT,
      LINK
    }

    @Override
    public Optional<Duration> lasts() {
      return Optional.of(expected);
    }
  }
}
