package io.rekindle.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.rekindle.plan.Mode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a failover is started with.
 *
 * @param plan the plan as it was written, as a tree: readable in the Web UI
 * @param to the recovery Region to use; the plan's first when absent
 * @param points the recovery point to use, by the step that restores it
 * @param before no recovery point later than this, so that what came after is not restored
 * @param outputs stand in for the outputs of the steps left out
 */
public record FailoverRequest(
    JsonNode plan,
    Mode mode,
    String reason,
    @Nullable String to,
    Map<String, String> set,
    List<String> without,
    Map<String, Map<String, String>> outputs,
    Map<String, String> points,
    @Nullable Instant before,
    @Nullable String incident,
    @Nullable Instant impactAt,
    @Nullable String requester,
    boolean closeWhenRecovered) {

  public FailoverRequest {
    plan = plan == null ? NullNode.getInstance() : plan;
    mode = mode == null ? Mode.OUTAGE : mode;
    set = texts(set);
    without = without == null ? List.of() : without.stream().map(FailoverRequest::text).toList();
    outputs = outputs == null ? Map.of() : each(outputs, FailoverRequest::texts);
    points = texts(points);
  }

  private static Map<String, String> texts(@Nullable Map<String, String> sent) {
    return sent == null ? Map.of() : each(sent, FailoverRequest::text);
  }

  /** What was sent without a value was sent empty: the door refuses it by its name. */
  private static String text(@Nullable String sent) {
    return sent == null ? "" : sent;
  }

  private static <V> Map<String, V> each(Map<String, V> sent, UnaryOperator<V> value) {
    Map<String, V> all = new HashMap<>();
    sent.forEach((name, each) -> all.put(name, value.apply(each)));
    return Map.copyOf(all);
  }

  /** The same for another plan. */
  public FailoverRequest by(JsonNode other) {
    return new FailoverRequest(
        other,
        mode,
        reason,
        to,
        set,
        without,
        outputs,
        points,
        before,
        incident,
        impactAt,
        requester,
        closeWhenRecovered);
  }

  /** All of a plan, as it stands but for these parameters. */
  public static FailoverRequest whole(
      JsonNode plan,
      Mode mode,
      Map<String, String> set,
      String reason,
      @Nullable String requester) {
    return new FailoverRequest(
        plan, mode, reason, null, set, List.of(), Map.of(), Map.of(), null, null, null, requester,
        false);
  }
}
