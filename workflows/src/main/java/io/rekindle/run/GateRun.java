package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One approval: shows what is needed to decide, waits, and asks anew when nobody answers in time.
 */
final class GateRun {
  private final Step step;
  private final Section section;
  private final RunPlan plan;
  private final RunBook book;
  private final Assessment assessment;
  private final Notices notices;

  GateRun(Step step, Section section, RunPlan plan, RunBook book, Notices notices) {
    this.step = step;
    this.section = section;
    this.plan = plan;
    this.book = book;
    this.assessment = new Assessment(plan, book);
    this.notices = notices;
  }

  void run() {
    if (book.is(step.id(), Status.BLOCKED)) {
      rest();
    } else {
      ask();
    }
  }

  private void ask() {
    Control.Approval approval = approval();
    book.change(step.id(), state -> state.asking(now()));
    while (!book.isEnding() && !book.isAnswered(step.id())) {
      assessment.pinPoints(step, section);
      if (book.isEnding() || book.isAnswered(step.id())) {
        break;
      }
      open(approval);
      waitUntilAnsweredOr(approval.expires());
      if (!book.isEnding() && !book.isAnswered(step.id())) {
        forgetWhoAgreed();
        assessment.assess();
      }
    }
    Optional<Decision> answer = book.takeAnswer(step.id());
    if (answer.isPresent()) {
      settle(answer.get());
    }
  }

  private void settle(Decision answer) {
    if (answer instanceof Decision.Approve) {
      List<String> agreed = book.gate(step.id()).map(Gate::agreed).orElse(List.of());
      book.change(
          step.id(),
          state -> state.over(Status.DONE, Map.of(), now(), "approved by " + names(agreed)));
    } else {
      book.change(step.id(), state -> state.blocked("rejected after changes were made"));
      rest();
    }
  }

  /** Rejected, also before it was continued as new: until somebody wants it asked again. */
  private void rest() {
    Workflow.await(() -> book.isEnding() || book.isAnswered(step.id()));
    book.takeAnswer(step.id()).ifPresent(again -> ask());
  }

  private static String names(List<String> agreed) {
    return String.join(
        ", ",
        agreed.stream().map(name -> name.isEmpty() ? "somebody" : name + " (unverified)").toList());
  }

  private void open(Control.Approval approval) {
    Instant opened = now();
    Optional<Gate> before = book.gate(step.id());
    Gate gate =
        new Gate(
            step.id(),
            approval.question(),
            opened,
            opened.plus(approval.expires()),
            approval.quorum(),
            before.map(Gate::agreed).orElse(List.of()),
            before.filter(Gate::acceptsUnfenced).isPresent(),
            Outlook.behind(step, plan.graph(section)),
            true);
    book.open(gate);
    notices.tell(News.opened(book, gate));
  }

  /** Who agreed before, agreed to what was known then. */
  private void forgetWhoAgreed() {
    book.gate(step.id()).ifPresent(gate -> book.open(gate.forgetting(true)));
  }

  private void waitUntilAnsweredOr(Duration expires) {
    CancellationScope clock =
        Workflow.newCancellationScope(() -> {
          var expired =
              Workflow.newTimer(
                  expires,
                  TimerOptions.newBuilder()
                      .setSummary(step.id() + ": until it is asked anew")
                      .build());
          Workflow.await(
              () -> expired.isCompleted() || book.isAnswered(step.id()) || book.isEnding());
        });
    clock.run();
    clock.cancel();
  }

  private Control.Approval approval() {
    return Binding.bind(RunPlan.kind(step), step.with(), plan.words(book), step.id())
        .value()
        .map(Control.Approval.class::cast)
        .orElseThrow();
  }
}
