package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One approval: shows what is needed to decide, waits, and asks anew when nobody answers in time.
 */
final class GateRun {
  private final Run run;
  private final StepGraph graph;
  private final Step step;
  private final Control.Approval rules;
  private final RunBook book;
  private final Assessment assessment;

  GateRun(Run run, StepGraph graph, Step step, Control.Approval rules) {
    this.run = run;
    this.graph = graph;
    this.step = step;
    this.rules = rules;
    this.book = run.book();
    this.assessment = new Assessment(run);
  }

  void perform() {
    if (book.is(step.id(), Status.BLOCKED)) {
      rest();
    } else {
      ask();
    }
  }

  /** A gate that was open before the run was continued as new stays open. */
  private void ask() {
    if (!book.isOpen(step.id())) {
      book.change(step.id(), state -> state.asking(now()));
      assessment.pinPoints(step, graph);
      if (book.isEnding()) {
        return;
      }
      open();
    }
    while (isWaitedFor() && expires()) {
      askAnew();
    }
    book.gate(step.id()).filter(gate -> !gate.open()).ifPresent(this::settle);
  }

  private boolean isWaitedFor() {
    return book.isOpen(step.id()) && !book.isEnding();
  }

  /** Whether nobody answered in time; the time may be moved while it is waited for. */
  private boolean expires() {
    while (isWaitedFor()) {
      Optional<Instant> end = expiry();
      Duration left = Duration.between(now(), end.orElseThrow());
      if (!left.isPositive()) {
        return true;
      }
      Timers.pass(
          left, step.id(), "until it is asked anew", () -> !isWaitedFor() || !end.equals(expiry()));
    }
    return false;
  }

  private Optional<Instant> expiry() {
    return book.gate(step.id()).map(Gate::expires);
  }

  private void askAnew() {
    book.gate(step.id()).map(Gate::forgettingWhoAgreed).ifPresent(book::put);
    assessment.assess();
    if (isWaitedFor()) {
      assessment.pinPoints(step, graph);
    }
    if (isWaitedFor()) {
      open();
    }
  }

  private void open() {
    Instant opened = now();
    Gate gate =
        new Gate(
            step.id(),
            rules.question(),
            1 + book.gate(step.id()).map(Gate::round).orElse(0),
            opened,
            opened.plus(rules.expires()),
            rules.quorum(),
            List.of(),
            false,
            Ahead.of(step, graph, run.calls()),
            true);
    book.put(gate);
    run.notices().tell(News.opened(book, gate));
  }

  private void settle(Gate gate) {
    if (gate.isApproved()) {
      String who = gate.agreed().stream().map(GateRun::name).collect(Collectors.joining(", "));
      book.change(
          step.id(), state -> state.over(Status.DONE, Map.of(), now(), "approved by " + who));
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
    Workflow.await(() -> book.isEnding() || book.isAnswered(step.id()));
    book.takeAnswer(step.id()).ifPresent(again -> ask());
  }
}
