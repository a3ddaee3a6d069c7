package io.rekindle.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.rekindle.action.Marks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill is started with.
 *
 * @param plan the plan as it was written, as a tree: readable in the Web UI
 * @param drill which of its drills
 * @param requester who asked for it; absent where a schedule did
 * @param before what there was before it changed anything, Region by Region; only given by itself
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DrillRequest(
    JsonNode plan, String drill, @Nullable String requester, List<Marks> before) {
  public DrillRequest {
    plan = plan == null ? NullNode.getInstance() : plan;
    drill = drill == null ? "" : drill;
    before = before == null ? List.of() : List.copyOf(before);
  }

  public DrillRequest(JsonNode plan, String drill, @Nullable String requester) {
    this(plan, drill, requester, List.of());
  }

  /** The same drill in another execution. */
  public DrillRequest after(List<Marks> marks) {
    return new DrillRequest(plan, drill, requester, marks);
  }
}
