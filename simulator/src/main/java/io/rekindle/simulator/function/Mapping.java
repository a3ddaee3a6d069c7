package io.rekindle.simulator.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * By which a function reads a queue.
 *
 * @param word what it is doing until then
 */
record Mapping(
    String id,
    Key function,
    String source,
    int batch,
    boolean enabled,
    String word,
    Instant until) {

  String state(Instant now) {
    return isUnderWay(now) ? word : enabled ? "Enabled" : "Disabled";
  }

  boolean isUnderWay(Instant now) {
    return now.isBefore(until);
  }

  /** What is being disabled goes on reading until it is. */
  boolean reads(Instant now) {
    String state = state(now);
    return state.equals("Enabled") || state.equals("Disabling");
  }

  Mapping becoming(boolean wanted, Instant when) {
    String doing = wanted == enabled ? "Updating" : wanted ? "Enabling" : "Disabling";
    return new Mapping(id, function, source, batch, wanted, doing, when);
  }

  String queue() {
    return source.substring(source.lastIndexOf(':') + 1);
  }

  ObjectNode shown(Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("UUID", id)
        .put("BatchSize", batch)
        .put("EventSourceArn", source)
        .put("FunctionArn", function.arn())
        .put("LastModified", now.getEpochSecond())
        .put("State", state(now))
        .put("StateTransitionReason", "USER_INITIATED");
  }
}
