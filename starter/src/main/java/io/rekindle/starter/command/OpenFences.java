package io.rekindle.starter.command;

import io.rekindle.run.RunState.OpenFence;
import io.rekindle.starter.run.Seen.Pending;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Fences that do not hold yet, in words. */
final class OpenFences {
  private OpenFences() {}

  static String said(OpenFence fence) {
    return "%s, tried since %s until it holds%s"
        .formatted(
            fence.fence(),
            fence.since().truncatedTo(ChronoUnit.SECONDS),
            fence.waits() == null ? "" : "; now it waits for a person: " + fence.waits());
  }

  /** How often it was tried, and what was said last: what is asked of it names the step. */
  static String tried(OpenFence fence, List<Pending> pending) {
    return pending.stream()
        .filter(each -> each.last().contains("'" + fence.fence() + "'"))
        .findFirst()
        .map(each -> "; %d times by now, last: %s".formatted(each.attempt(), each.last()))
        .orElse("");
  }
}
