package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    return verb(getClass());
  }

  /** The verb of all decisions of a kind. */
  static String verb(Class<? extends Decision> kind) {
    return kind.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** What was given with a value; by hand, people also write names without one. */
  private static <V> Map<String, V> given(@Nullable Map<String, V> written) {
    if (written == null) {
      return Map.of();
    }
    Map<String, V> given = new HashMap<>(written);
    given.values().removeIf(Objects::isNull);
    return Map.copyOf(given);
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

  /**
   * @param shown what it is a yes to, by the name that the gate gives it; absent, it is for what is
   *     shown when it comes
   * @param accept checks that may fail, by name, such as {@code check:dns}
   */
  record Approve(
      @Nullable String gate,
      @Nullable String shown,
      boolean acceptUnfenced,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> accept,
      @Nullable String comment,
      @Nullable String by,
      @Nullable String run)
      implements AboutGate {
    public Approve {
      accept = accept == null ? List.of() : accept.stream().filter(Objects::nonNull).toList();
    }

    /** A yes to whatever is shown when it comes. */
    public Approve(
        @Nullable String gate,
        boolean acceptUnfenced,
        @Nullable String comment,
        @Nullable String by,
        @Nullable String run) {
      this(gate, null, acceptUnfenced, List.of(), comment, by, run);
    }
  }

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
      @Nullable String time,
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
      set = Decision.given(set);
    }
  }

  record Skip(
      String step,
      Map<String, String> outputs,
      @Nullable String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutStep {
    public Skip {
      outputs = Decision.given(outputs);
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
      @Nullable String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutStep {
    public Done {
      outputs = Decision.given(outputs);
    }
  }

  record Pause(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Resume(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Abort(boolean rollback, @Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  record Close(@Nullable String reason, @Nullable String by, @Nullable String run)
      implements AboutRun {}

  /**
   * @param plan to take from here on; absent, the plan of the run
   * @param accept what may be lost on the quick way back, by name, such as {@code writes:database}
   */
  record Failback(
      @Nullable JsonNode plan,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> accept,
      @Nullable String reason,
      @Nullable String by,
      @Nullable String run)
      implements AboutRun {
    public Failback {
      plan = plan == null || plan.isNull() ? null : plan;
      accept = accept == null ? List.of() : accept.stream().filter(Objects::nonNull).toList();
    }

    /** Accepts nothing. */
    public Failback(
        @Nullable JsonNode plan,
        @Nullable String reason,
        @Nullable String by,
        @Nullable String run) {
      this(plan, List.of(), reason, by, run);
    }
  }
}
