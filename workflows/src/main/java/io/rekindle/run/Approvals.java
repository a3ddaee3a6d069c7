package io.rekindle.run;

import static io.rekindle.run.RunClock.now;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Control;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a yes counts: said in time, to what is shown, by whom it takes, and with open eyes. */
final class Approvals {
  /** Nobody reads and answers faster than that. */
  private static final Duration READING = Duration.ofSeconds(10);

  private final Run run;
  private final RunBook book;
  private final Showing showing;

  Approvals(Run run) {
    this.run = run;
    this.book = run.book();
    this.showing = new Showing(run);
  }

  Judgement judge(Gate gate, Decision.Approve approve) {
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
      book.fences().acceptUnfenced();
    }
    book.decided(now());
    return Judgement.obeyed("gate '" + gate.id() + "' is approved");
  }

  /** What was shown is over, and what is so now is only being found out. */
  static Optional<String> expired(Gate gate) {
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

  /** What is other, which whoever says yes does not know; where nothing is, all of it. */
  private String shown(Gate gate) {
    if (gate.difference() != null) {
      return gate.difference();
    }
    Stream<String> probes =
        book.state().evidence().stream()
            .map(probe ->
                "probe '%s' is %s: %s"
                    .formatted(probe.probe(), Shapes.word(probe.verdict()), probe.seen()));
    String all =
        Stream.concat(probes, Prospects.of(book.state()).stream())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "the same question" : all;
  }

  /** What will not work is accepted by name, or mended. */
  private Optional<String> unaccepted(Gate gate, Decision.Approve approve) {
    List<String> behind = run.plan().behind(gate.id()).stream().map(Step::id).toList();
    List<String> known =
        book.state().findings().stream()
            .filter(finding -> behind.contains(finding.step()))
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
            failing.stream().map(Finding::failure).collect(Collectors.joining("; ")));
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
}
