package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person can decide, about a gate, a step or the whole run. One record a verb; each is the
 * payload of the signal and of the update.
 */
public sealed interface Decision {
  /** Who says so; as the client wrote it, which proves nothing. */
  @Nullable String by();

  /** The run it is meant for; another run refuses it. Absent, it is meant for whichever is open. */
  @Nullable String run();

  /** The verb, as people write it. */
  default String verb() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** An answer at a gate. */
  sealed interface AboutGate extends Decision {
    /** Absent, the only open gate is meant. */
    @Nullable String gate();
  }

  /** What becomes of a step that waits for a person. */
  sealed interface AboutStep extends Decision {
    String step();
  }

  /** What becomes of the run. */
  sealed interface AboutRun extends Decision {}

  record Approve(
      @Nullable String gate,
      boolean acceptUnfenced,
      @Nullable String comment,
      @Nullable String by,
      @Nullable String run)
      implements AboutGate {}

  record Reject(
      @Nullable String gate, @Nullable String comment, @Nullable String by, @Nullable String run)
      implements AboutGate {}

  /**
   * Moves the time at which a gate asks anew.
   *
   * @param time how much longer it stays open, as in {@code 30m}
   */
  record Extend(
      @Nullable String gate,
      String time,
      @Nullable String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutGate {}

  /**
   * @param set corrected fields of the step
   * @param anew whether to begin again under a new generation
   * @param adopt whether to take over what an earlier, ended run left
   */
  record Retry(
      String step,
      Map<String, JsonNode> set,
      boolean anew,
      boolean adopt,
      @Nullable String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutStep {
    public Retry {
      set = set == null ? Map.of() : Map.copyOf(set);
    }
  }

  record Skip(
      String step,
      Map<String, String> outputs,
      String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutStep {
    public Skip {
      outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
    }
  }

  /**
   * A person did it: a task, or a step by hand, which an observation must confirm.
   *
   * @param proof words or a link that show it, where a task asks for them
   */
  record Done(
      String step,
      Map<String, String> outputs,
      @Nullable String proof,
      String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutStep {
    public Done {
      outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
    }
  }

  record Pause(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Resume(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Abort(boolean rollback, String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Close(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Failback(
      @Nullable JsonNode plan, @Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}
}
