package io.rekindle.action;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
  record Due(String change, Map<String, String> before) implements Observation {}

  /** Everything is as it should be. */
  record Settled(Map<String, String> outputs) implements Observation {}

  /** Something of that name exists and is not ours. */
  record Foreign(String owner) implements Observation {}

  /** It cannot become right without a person. */
  record Broken(String why) implements Observation {}
}
