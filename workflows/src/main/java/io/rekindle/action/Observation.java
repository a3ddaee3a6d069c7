package io.rekindle.action;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rekindle.plan.step.Action;
import java.util.Map;

/** What a look at a step found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "seen")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Due.class, name = "due"),
  @JsonSubTypes.Type(value = Observation.Settled.class, name = "settled"),
  @JsonSubTypes.Type(value = Observation.Foreign.class, name = "foreign"),
  @JsonSubTypes.Type(value = Observation.Broken.class, name = "broken")
})
public sealed interface Observation {

  /**
   * One change is to be made next.
   *
   * @param before the state it will alter, for undo: in history before anything happens
   */
  record Due(String change, Map<String, String> before) implements Observation {
    /** A change that alters nothing which undo would have to know. */
    public static Due of(Action.Change change) {
      return new Due(change.word(), Map.of());
    }

    /**
     * @param before the state, as a record of the handler's own
     */
    public static Due of(Action.Change change, Record before) {
      return new Due(change.word(), Texts.of(before));
    }

    public boolean is(Action.Change other) {
      return change.equals(other.word());
    }

    /** The state as the record that it was; a text or number that is missing is empty or zero. */
    public <R extends Record> R before(Class<R> type) {
      return Texts.read(before, type);
    }
  }

  /** Everything is as it should be. */
  record Settled(Map<String, String> outputs) implements Observation {
    public static Settled of(Action.Outputs outputs) {
      return new Settled(Texts.of(outputs));
    }
  }

  /** Something of that name exists and is not ours. */
  record Foreign(String owner) implements Observation {}

  /** It cannot become right without a person. */
  record Broken(String why) implements Observation {}
}
