package io.rekindle.run;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test asks for; whatever it does not mention is not asked for. */
final class Asking {
  private final String plan;
  private Mode mode = Mode.OUTAGE;
  private List<String> without = List.of();
  private Map<String, String> points = Map.of();
  private @Nullable Instant before;
  private @Nullable Instant impactAt;
  private @Nullable String requester;

  private Asking(String plan) {
    this.plan = plan;
  }

  static Asking of(String plan) {
    return new Asking(plan);
  }

  Asking in(Mode other) {
    mode = other;
    return this;
  }

  Asking without(List<String> steps) {
    without = steps;
    return this;
  }

  Asking points(Map<String, String> wanted) {
    points = wanted;
    return this;
  }

  Asking before(@Nullable Instant latest) {
    before = latest;
    return this;
  }

  Asking impactAt(@Nullable Instant impact) {
    impactAt = impact;
    return this;
  }

  Asking by(String who) {
    requester = who;
    return this;
  }

  FailoverRequest request() {
    return new FailoverRequest(
        PlanReader.tree(plan),
        mode,
        "test",
        null,
        Map.of(),
        without,
        Map.of(),
        points,
        before,
        null,
        impactAt,
        requester,
        false);
  }
}
