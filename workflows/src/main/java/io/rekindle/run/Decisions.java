package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.run.RunState.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * The one reducer behind signals and updates: looks at a decision, obeys or refuses it, and records
 * the ruling.
 */
final class Decisions {
  /** What a person says in one message; more is taken for a mistake. */
  private static final int LARGEST = 32_000;

  private final RunBook book;
  private final GateDecisions gates;
  private final StepDecisions steps;
  private final RunDecisions whole;

  Decisions(Run run) {
    this.book = run.book();
    this.gates = new GateDecisions(run);
    this.steps = new StepDecisions(run);
    this.whole = new RunDecisions(run);
  }

  Ruling decide(@Nullable Decision decision) {
    Ruling ruling =
        decision == null
            ? new Ruling(now(), "", null, false, "the message is empty")
            : rule(decision, judge(decision));
    book.rule(ruling);
    return ruling;
  }

  private static Ruling rule(Decision decision, Judgement judgement) {
    return new Ruling(
        now(),
        decision.verb(),
        decision.by() == null ? null : Limit.NAME.cut(decision.by()),
        judgement.obeyed(),
        Memory.ofRuling(judgement.sentence()));
  }

  private Judgement judge(Decision decision) {
    if (Limit.weight(decision.toString()) > LARGEST) {
      return Judgement.refused(
          "the decision is larger than %,d bytes; say it in fewer words".formatted(LARGEST));
    }
    if (decision.run() != null && !decision.run().equals(book.run())) {
      return Judgement.refused(
          "this decision is for run %s; the open run of %s is %s"
              .formatted(decision.run(), book.application(), book.run()));
    }
    if (book.isEnding() || book.isClosing()) {
      return Judgement.refused(
          "the run is " + book.ending().map(why -> "ending: " + why).orElse("closing"));
    }
    return switch (decision) {
      case Decision.AboutGate gate -> gates.judge(gate);
      case Decision.AboutStep step -> steps.judge(step);
      case Decision.AboutRun run -> whole.judge(run);
    };
  }
}
