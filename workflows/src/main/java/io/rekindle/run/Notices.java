package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Plan;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;

/**
 * Tells those whom the plan names. Nobody waits for a message, and none that gets lost stops a
 * recovery.
 */
final class Notices {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RunPlan plan;
  private final RunBook book;
  private final Calls calls;
  private final Actions actions;
  private int underWay;

  Notices(RunPlan plan, RunBook book, Calls calls, Actions actions) {
    this.plan = plan;
    this.book = book;
    this.calls = calls;
    this.actions = actions;
  }

  void tell(String news) {
    plan.plan().notices().forEach(notice -> send(notice, news));
  }

  /** Before a run ends or continues as new, messages under way are delivered. */
  void awaitDelivery() {
    Workflow.await(() -> underWay == 0);
  }

  private void send(Plan.Notice notice, String news) {
    Observation.Due due = new Observation.Due(notice.kind().changes().getFirst().name(), Map.of());
    ActionCall call = calls.message(notice, book.nextMessage(), news).applying(due);
    underWay++;
    Promise<String> sent = actions.apply(call, PATIENCE, Summary.of("notify", news));
    sent.handle((done, failure) -> {
      underWay--;
      if (failure instanceof ActivityFailure lost) {
        book.lostMessage(Failures.sentence(lost));
      }
      return done;
    });
  }
}
