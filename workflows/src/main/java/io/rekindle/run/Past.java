package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Observation.Due;
import io.rekindle.plan.Step;
import io.rekindle.run.StepState.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a step's past its handler is to know.
 *
 * @param given what the step was given when it did that
 */
record Past(Step step, StepState state, Function<Work, JsonNode> given) {

  /**
   * What it does now, with what was made and answered before. The first state that a change altered
   * is the one that was there before this run; an answer counts only for what was asked.
   */
  Work told() {
    Work now = state.work();
    List<Due> made = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    Map<String, String> receipts = new HashMap<>();
    Instant newest = null;
    for (Work work : state.works()) {
      if (work.generation() == now.generation() && isOfTheSameThing(work)) {
        work.made().stream()
            .filter(due -> made.stream().noneMatch(each -> each.change().equals(due.change())))
            .forEach(made::add);
        if (work.corrected().equals(now.corrected())) {
          answered.addAll(work.answered());
          receipts.putAll(work.receipts());
        }
        newest = later(newest, work.settled());
      }
    }
    return new Work(
        now.generation(),
        now.corrected(),
        made,
        answered,
        receipts,
        now.adopting(),
        now.changed(),
        newest);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other != null && other.isAfter(one) ? other : one;
  }

  /** Who acts on another service from now on, has not changed that one yet. */
  private boolean isOfTheSameThing(Work work) {
    if (work.corrected().equals(state.work().corrected())) {
      return true;
    }
    JsonNode then = given.apply(work);
    JsonNode now = given.apply(state.work());
    return step.kind().thing().stream().allMatch(field -> then.path(field).equals(now.path(field)));
  }
}
