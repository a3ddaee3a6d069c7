package io.rekindle.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a kind's handler: everything it may know.
 *
 * @param with what the step was given, with all expressions resolved
 * @param region where to act; empty for kinds that belong to no Region
 * @param role the role to take on there
 * @param pins what was agreed at the gate, such as the recovery point
 * @param due the change to make; only for {@link Verb#APPLY}
 * @param made the changes that were begun, oldest first
 * @param now the workflow's time
 */
public record ActionCall(
    String kind,
    JsonNode with,
    ActionKey key,
    boolean drill,
    String region,
    @Nullable String role,
    Map<String, String> pins,
    Observation.@Nullable Due due,
    List<Observation.Due> made,
    Instant now) {

  public Names names() {
    return new Names(key.run(), key.generation(), drill);
  }

  /** The same call for making one change. */
  public ActionCall applying(Observation.Due change) {
    return new ActionCall(kind, with, key, drill, region, role, pins, change, made, now);
  }
}
