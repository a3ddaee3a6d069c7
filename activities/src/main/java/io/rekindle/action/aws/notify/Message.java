package io.rekindle.action.aws.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.action.ActionCall;
import io.rekindle.plan.step.Action;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is told.
 *
 * @param id the same for every copy of it, and for nothing else
 */
record Message(String id, String text) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param written what the plan says; null for what happened
   */
  static Message of(ActionCall call, @Nullable String written, Action.Change change) {
    byte[] key = call.key().of(change.word()).getBytes(StandardCharsets.UTF_8);
    String news =
        Objects.requireNonNullElse(
            call.news(), call.key().application() + " (run " + call.key().run() + ")");
    return new Message(UUID.nameUUIDFromBytes(key).toString(), written == null ? news : written);
  }

  String json(ActionCall call) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("application", call.key().application())
        .put("run", call.key().run())
        .put("step", call.key().step())
        .put("message", text)
        .toString();
  }
}
