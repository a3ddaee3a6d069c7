package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose a resource is: everything that a step creates carries tags that say which step of which run
 * made it.
 */
public record Ownership(ActionCall call) {
  private static final String APPLICATION = "rekindle:application";
  private static final String RUN = "rekindle:run";
  private static final String STEP = "rekindle:step";
  private static final String GENERATION = "rekindle:generation";
  private static final String DRILL = "rekindle:drill";
  private static final String EXPIRES = "rekindle:expires";

  /** When nobody needs any more what a drill made, however long its teardown takes. */
  private static final Duration EXPIRY = Duration.ofDays(2);

  /** What the step puts on everything it creates. */
  public Map<String, String> tags() {
    Map<String, String> tags = marks();
    if (call.drill()) {
      tags.put(EXPIRES, call.now().plus(EXPIRY).truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return tags;
  }

  /** What tells it from everything else: the same at every look. */
  private Map<String, String> marks() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(APPLICATION, call.key().application());
    tags.put(RUN, call.key().run());
    tags.put(STEP, call.key().step());
    tags.put(GENERATION, String.valueOf(call.key().generation()));
    if (call.drill()) {
      tags.put(DRILL, "true");
    }
    return tags;
  }

  /** Whether this step made it; what an earlier run of the step left counts when adopting. */
  public boolean owns(Map<String, String> found) {
    return marks().entrySet().stream()
                .allMatch(tag -> tag.getValue().equals(found.get(tag.getKey())))
            && found.containsKey(DRILL) == call.drill()
        || isAdopted(found);
  }

  /** Whether it was left by an earlier run of the same step, and may be taken over. */
  public boolean isAdopted(Map<String, String> found) {
    return call.adopt()
        && isOfApplication(found)
        && call.key().step().equals(found.get(STEP))
        && found.containsKey(DRILL) == call.drill();
  }

  /** Whether any run of this application made it. */
  public boolean isOfApplication(Map<String, String> found) {
    return call.key().application().equals(found.get(APPLICATION));
  }

  /** Whether this run made it, in any of its steps. */
  public boolean isOfRun(Map<String, String> found) {
    return isOfApplication(found)
        && call.key().run().equals(found.get(RUN))
        && found.containsKey(DRILL) == call.drill();
  }

  /** What everything carries that this run made, in any of its steps. */
  Map<String, String> marksOfRun() {
    Map<String, String> tags = marks();
    tags.remove(STEP);
    tags.remove(GENERATION);
    return tags;
  }

  /** Whether a drill of this application made it, and nobody needs it any more. */
  boolean hasExpired(Map<String, String> found, Instant now) {
    return isOfApplication(found)
        && found.containsKey(DRILL)
        && found.containsKey(EXPIRES)
        && Instant.parse(found.get(EXPIRES)).isBefore(now);
  }

  /** Whether some run of some application made it. */
  static boolean isMarked(Map<String, String> found) {
    return found.containsKey(RUN);
  }

  /** The run that made it; empty where none did. */
  static String runOf(Map<String, String> found) {
    return found.getOrDefault(RUN, "");
  }

  /** Whether this step of this run made it, in any of its generations. */
  public boolean isOfStep(Map<String, String> found) {
    return isOfRun(found) && call.key().step().equals(found.get(STEP));
  }

  /** Who made it, in words. */
  public static String ownerOf(Map<String, String> found) {
    String application = found.get(APPLICATION);
    if (application == null) {
      return "it has no Rekindle tags: somebody else made it";
    }
    return "step '%s' of run %s of application '%s' made it, in generation %s%s"
        .formatted(
            found.get(STEP),
            found.get(RUN),
            application,
            found.get(GENERATION),
            found.containsKey(DRILL) ? ", for a drill" : "");
  }
}
