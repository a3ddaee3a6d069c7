package io.rekindle.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * What a drill is started with.
 *
 * @param plan the plan as it was written, as a tree: readable in the Web UI
 * @param drill which of its drills
 * @param requester who asked for it; absent where a schedule did
 */
public record DrillRequest(JsonNode plan, String drill, @Nullable String requester) {
  public DrillRequest {
    plan = plan == null ? NullNode.getInstance() : plan;
    drill = drill == null ? "" : drill;
  }
}
