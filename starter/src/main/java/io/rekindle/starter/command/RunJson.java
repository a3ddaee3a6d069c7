package io.rekindle.starter.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.starter.run.Seen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run for scripts: what the server knows, and the whole state as the run tells it. */
record RunJson(
    String application,
    String run,
    String phase,
    String status,
    @Nullable JsonNode state,
    List<Attempt> underWay) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  record Attempt(String activity, int attempt, String last) {}

  static RunJson of(Seen seen) {
    return new RunJson(
        seen.application(),
        seen.run(),
        seen.phase(),
        seen.status(),
        seen.state().<JsonNode>map(JSON::valueToTree).orElse(null),
        seen.pending().stream()
            .map(pending -> new Attempt(pending.activity(), pending.attempt(), pending.last()))
            .toList());
  }
}
