package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.run.Checks.Answers;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One approval: shows what is needed to decide, waits, and asks anew when nobody answers in time.
 */
final class GateRun {
  /** So old may be what is shown, while people may be about to answer. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  /** Later it may be older: this part of the time for which nobody has answered. */
  private static final int PART = 12;

  private final Run run;
  private final StepGraph graph;
  private final Step step;
  private final Control.Approval rules;
  private final RunBook book;
  private final Assessment assessment;
  private final Checks checks;
  private final Showing showing;

  GateRun(Run run, StepGraph graph, Step step, Control.Approval rules) {
    this.run = run;
    this.graph = graph;
    this.step = step;
    this.rules = rules;
    this.book = run.book();
    this.assessment = new Assessment(run);
    this.checks = new Checks(run, graph);
    this.showing = new Showing(run);
  }

  void perform() {
    if (book.is(step.id(), Status.BLOCKED)) {
      rest();
    } else {
      answered().ifPresentOrElse(this::settle, this::ask);
    }
  }

  /** People may answer before a gate of an earlier execution is taken up again. */
  private Optional<Gate> answered() {
    StepState asking = book.step(step.id());
    return book.gate(step.id())
        .filter(gate -> asking.status() == Status.ASKING && !gate.open())
        .filter(gate -> !gate.opened().isBefore(Objects.requireNonNull(asking.started())));
  }

  /** A gate that was open before the run was continued as new stays open. */
  private void ask() {
    if (!book.isOpen(step.id())) {
      book.change(step.id(), state -> state.asking(now()));
      checks.ask(toCome(), book::isEnding).ifPresent(this::open);
    }
    while (isWaitedFor()) {
      await();
    }
    book.gate(step.id()).filter(gate -> !gate.open()).ifPresent(this::settle);
  }

  private List<Step> toCome() {
    return run.plan().behind(step.id()).stream()
        .filter(each -> !each.kind().isControl() && !book.isOver(each))
        .toList();
  }

  private boolean isWaitedFor() {
    return book.isOpen(step.id()) && !book.isEnding();
  }

  /** What is shown is looked at again and again: it may be another thing by now. */
  private void await() {
    Duration left = Duration.between(now(), gate().expires());
    Duration fresh = fresh();
    if (!left.isPositive()) {
      askAnew();
    } else if (left.compareTo(fresh) <= 0) {
      pass(left, "until it is asked anew");
    } else if (pass(fresh, "until it is checked again")) {
      checks.ask(toCome(), () -> !isWaitedFor()).ifPresent(this::learn);
    }
  }

  private Duration fresh() {
    Instant asked = Objects.requireNonNullElse(book.step(step.id()).started(), now());
    Duration part = Duration.between(asked, now()).dividedBy(PART);
    return part.compareTo(FRESH) > 0 ? part : FRESH;
  }

  /** Whether the time passed; it may be moved while it is waited for. */
  private boolean pass(Duration time, String what) {
    Instant end = gate().expires();
    return Timers.pass(
        time, step.id(), what, () -> !isWaitedFor() || !end.equals(gate().expires()));
  }

  private Gate gate() {
    return book.gate(step.id()).orElseThrow();
  }

  private void askAnew() {
    book.put(gate().forgettingWhoAgreed());
    assessment.assess();
    if (isWaitedFor()) {
      checks.ask(toCome(), () -> !isWaitedFor()).ifPresent(this::open);
    }
  }

  private void open(Answers answers) {
    Optional<Gate> asked = book.gate(step.id());
    Optional<String> difference = showing.learn(step.id(), answers);
    int round = 1 + asked.map(Gate::round).orElse(0);
    Instant opened = now();
    Gate gate =
        new Gate(
            step.id(),
            rules.question(),
            round,
            opened,
            opened.plus(rules.expires()),
            rules.quorum(),
            List.of(),
            false,
            List.of(),
            showing.name(step.id(), round),
            opened,
            asked.flatMap(before -> difference).orElse(null),
            Ahead.of(step, graph, run.calls()),
            true);
    book.put(gate);
    run.notices().tell(News.opened(book, gate));
  }

  private void learn(Answers answers) {
    showing.learn(step.id(), answers).ifPresent(difference -> showing.show(gate(), difference));
  }

  private void settle(Gate gate) {
    if (gate.isApproved()) {
      String who = gate.agreed().stream().map(GateRun::name).collect(Collectors.joining(", "));
      String how = "approved by " + who + Said.accepting(gate.accepted());
      book.change(step.id(), state -> state.over(Status.DONE, Map.of(), now(), how));
    } else if (!book.isEnding()) {
      book.change(
          step.id(),
          state ->
              state.blocked(
                  "rejected after changes were made; retry asks again, abort ends the run"));
      rest();
    }
  }

  private static String name(String who) {
    return who.isEmpty() ? "somebody" : who + " (unverified)";
  }

  /** Rejected, also before the run was continued as new: until somebody wants it asked again. */
  private void rest() {
    Workflow.await(() -> book.isEnding() || book.meanwhile().isAnswered(step.id()));
    book.meanwhile().takeAnswer(step.id()).ifPresent(again -> ask());
  }
}
