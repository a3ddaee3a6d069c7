package io.rekindle.run;

import static io.rekindle.run.RunClock.now;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.shape.Durations;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people answer at gates. */
final class GateDecisions {
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Run run;
  private final RunBook book;

  GateDecisions(Run run) {
    this.run = run;
    this.book = run.book();
  }

  Judgement judge(Decision.AboutGate decision) {
    Optional<Gate> open = openGate(decision.gate());
    if (open.isEmpty()) {
      return Judgement.refused(noGate(decision.gate()));
    }
    Gate gate = open.get();
    return switch (decision) {
      case Decision.Approve approve -> new Approvals(run).judge(gate, approve);
      case Decision.Reject reject -> reject(gate, reject);
      case Decision.Extend extend -> extend(gate, extend);
    };
  }

  /** The gate a person means; who names none means the only one that is open. */
  private Optional<Gate> openGate(@Nullable String named) {
    List<Gate> open = book.openGates();
    if (named == null) {
      return open.size() == 1 ? Optional.of(open.getFirst()) : Optional.empty();
    }
    return open.stream().filter(gate -> gate.id().equals(named)).findFirst();
  }

  private String noGate(@Nullable String named) {
    if (named != null && book.gate(named).isPresent()) {
      return "gate '" + named + "' is closed already";
    }
    List<String> open = book.openGates().stream().map(Gate::id).toList();
    String those =
        switch (open.size()) {
          case 0 -> "no gate is open";
          case 1 -> "the open gate is " + open.getFirst();
          default -> "the open gates are " + and(open);
        };
    if (named == null) {
      return open.isEmpty() ? those : "name a gate: " + those;
    }
    return run.plan().step(named).filter(step -> step.kind().isApproval()).isPresent()
        ? "gate '" + named + "' is not open yet"
        : "there is no gate '" + named + "'; " + those;
  }

  private static String and(List<String> names) {
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private Judgement reject(Gate gate, Decision.Reject reject) {
    String why = "rejected" + Said.because(reject.comment());
    boolean isReturn = book.phase() == Phase.FAILING_BACK;
    book.put(gate.rejected());
    if (!run.plan().changed(isReturn ? Section.FAILBACK : Section.FAILOVER, book).isEmpty()) {
      return Judgement.obeyed(
          "gate '"
              + gate.id()
              + "' is "
              + why
              + "; the run waits, because changes were already made");
    }
    book.change(gate.id(), state -> state.noted(why));
    book.end(Outcome.REJECTED, why, false);
    return Judgement.obeyed(
        isReturn
            ? "the way back is " + why + "; the application goes on serving where it is"
            : "the run is " + why + ", and ends; nothing was changed");
  }

  private Judgement extend(Gate gate, Decision.Extend extend) {
    if (extend.time() == null) {
      return Judgement.refused("say how much longer the gate stays open, as in 30m");
    }
    Optional<String> expired = Approvals.expired(gate);
    if (expired.isPresent()) {
      return Judgement.refused(expired.get());
    }
    Duration more;
    try {
      more = Durations.parse(extend.time());
    } catch (IllegalArgumentException unreadable) {
      return Judgement.refused(
          "say how much longer, as in 30m: '" + extend.time() + "' " + unreadable.getMessage());
    }
    if (more.compareTo(Duration.between(gate.expires(), now().plus(LONGEST))) > 0) {
      return Judgement.refused("a gate stays open for at most " + Durations.format(LONGEST));
    }
    Gate after = gate.expiring(gate.expires().plus(more));
    book.put(after);
    return Judgement.obeyed(
        "gate '%s' is open until %s".formatted(gate.id(), after.expires().truncatedTo(SECONDS)));
  }
}
