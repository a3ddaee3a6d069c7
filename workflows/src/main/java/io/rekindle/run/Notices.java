package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionKey;
import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Trees;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whom the plan names when a gate opens, a step blocks, the run recovers or ends. A lost
 * message never holds a run up.
 */
final class Notices {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RunPlan plan;
  private final RunBook book;
  private int told;

  Notices(RunPlan plan, RunBook book) {
    this.plan = plan;
    this.book = book;
  }

  void tell(String what) {
    told++;
    for (Plan.Notice notice : plan.plan().notices()) {
      Kind kind = RunPlan.kind(notice);
      Observation.Due message =
          new Observation.Due(kind.changes().getFirst().name(), Map.of("text", what));
      Actions.apply(call(notice, kind).applying(message), PATIENCE, "tell: " + what);
    }
  }

  private ActionCall call(Plan.Notice notice, Kind kind) {
    Optional<Region> region = plan.region(notice);
    return new ActionCall(
        kind.name(),
        Trees.json(Binding.resolve(notice.with(), plan.words(book))),
        new ActionKey(book.application(), book.run(), "notify-" + told, 1),
        false,
        region.map(each -> each.region().value()).orElse(""),
        region.map(Region::role).map(Object::toString).orElse(null),
        Map.of(),
        null,
        List.of(),
        Instant.ofEpochMilli(Workflow.currentTimeMillis()));
  }
}
