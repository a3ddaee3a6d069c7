package io.rekindle.run;

import static io.rekindle.run.RunClock.now;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Control;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.RunState.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people answer at gates. */
final class GateDecisions {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Nobody reads and answers faster than that. */
  private static final Duration READING = Duration.ofSeconds(10);

  private final Run run;
  private final RunBook book;
  private final Showing showing;

  GateDecisions(Run run) {
    this.run = run;
    this.book = run.book();
    this.showing = new Showing(run);
  }

  Judgement judge(Decision.AboutGate decision) {
    Optional<Gate> open = openGate(decision.gate());
    if (open.isEmpty()) {
      return Judgement.refused(noGate(decision.gate()));
    }
    Gate gate = open.get();
    return switch (decision) {
      case Decision.Approve approve -> approve(gate, approve);
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

  private Judgement approve(Gate gate, Decision.Approve approve) {
    String who = Said.name(approve.by());
    Optional<String> objection =
        expired(gate)
            .or(() -> outdated(gate, approve))
            .or(() -> objection(gate, who))
            .or(() -> unaccepted(gate, approve));
    if (objection.isPresent()) {
      return Judgement.refused(objection.get());
    }
    Gate after = gate.agreedBy(who, approve.acceptUnfenced(), approve.accept());
    book.put(after);
    if (after.open()) {
      return Judgement.obeyed(
          after.agreed().size() + " of " + gate.quorum() + " agreed at gate '" + gate.id() + "'");
    }
    if (after.acceptsUnfenced()) {
      book.acceptUnfenced();
    }
    book.decided(now());
    return Judgement.obeyed("gate '" + gate.id() + "' is approved");
  }

  /** What was shown is over, and what is so now is only being found out. */
  private Optional<String> expired(Gate gate) {
    return gate.isExpired(now())
        ? Optional.of(
            "the question at gate '%s' expired at %s; the outage is being assessed anew; answer what"
                    .formatted(gate.id(), gate.expires().truncatedTo(SECONDS))
                + " is shown then")
        : Optional.empty();
  }

  /** A yes to something else, or so soon after a change that it was meant for something else. */
  private Optional<String> outdated(Gate gate, Decision.Approve approve) {
    boolean outdated =
        approve.shown() == null
            ? gate.difference() != null && now().isBefore(gate.since().plus(READING))
            : !approve.shown().equals(gate.shown());
    return outdated
        ? Optional.of(
            "that yes is not for what gate '%s' shows since %s (round %d): %s; say yes to %s"
                .formatted(
                    gate.id(),
                    gate.since().truncatedTo(SECONDS),
                    gate.round(),
                    shown(gate),
                    gate.shown()))
        : Optional.empty();
  }

  /** What is other first: it is what whoever says yes does not know. */
  private String shown(Gate gate) {
    Stream<String> probes =
        book.state().evidence().stream()
            .map(probe ->
                "probe '%s' is %s: %s"
                    .formatted(probe.probe(), Shapes.word(probe.verdict()), probe.seen()));
    String all =
        Stream.of(
                Optional.ofNullable(gate.difference()).stream(),
                probes,
                Prospects.of(book.state()).stream())
            .flatMap(sentences -> sentences)
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "the same question" : all;
  }

  /** What will not work is accepted by name, or mended. */
  private Optional<String> unaccepted(Gate gate, Decision.Approve approve) {
    List<String> known =
        run.plan().behind(gate.id()).stream()
            .flatMap(step -> book.finding(step.id()).stream())
            .map(Finding::name)
            .toList();
    Optional<String> misnamed =
        approve.accept().stream().filter(name -> !known.contains(name)).findFirst();
    if (misnamed.isPresent()) {
      return misnamed.map(name -> misnamed(gate, name, known));
    }
    List<Finding> failing =
        showing
            .failing(gate.id())
            .filter(finding -> !approve.accept().contains(finding.name()))
            .toList();
    return failing.isEmpty() ? Optional.empty() : Optional.of(willFail(failing));
  }

  private static String misnamed(Gate gate, String name, List<String> known) {
    return "gate '%s' shows no '%s'%s"
        .formatted(
            gate.id(),
            Limit.NAME.cut(name),
            Nearest.to(name, known).map(meant -> "; did you mean '" + meant + "'?").orElse(""));
  }

  private static String willFail(List<Finding> failing) {
    return "mend what fails, or say yes and accept %s by name: %s"
        .formatted(
            failing.stream().map(Finding::name).collect(Collectors.joining(", ")),
            failing.stream()
                .map(finding -> finding.name() + " fails: " + finding.says())
                .collect(Collectors.joining("; ")));
  }

  private Optional<String> objection(Gate gate, String who) {
    return run.plan()
        .step(gate.id())
        .flatMap(run.calls()::control)
        .map(Control.Approval.class::cast)
        .map(rules -> new Voters(rules, run.terms().requester()).objection(gate, who))
        .orElseGet(() ->
            Optional.of(
                "nobody can open gate '%s': its rules cannot be read; abort ends the run"
                    .formatted(gate.id())));
  }

  private Judgement reject(Gate gate, Decision.Reject reject) {
    String why = "rejected" + Said.because(reject.comment());
    book.put(gate.rejected());
    if (!run.plan().changed(book).isEmpty()) {
      return Judgement.obeyed(
          "gate '"
              + gate.id()
              + "' is "
              + why
              + "; the run waits, because changes were already made");
    }
    book.change(gate.id(), state -> state.noted(why));
    book.end(Outcome.REJECTED, why, false);
    return Judgement.obeyed("the run is " + why + ", and ends; nothing was changed");
  }

  private Judgement extend(Gate gate, Decision.Extend extend) {
    if (extend.time() == null) {
      return Judgement.refused("say how much longer the gate stays open, as in 30m");
    }
    Optional<String> expired = expired(gate);
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
