package io.rekindle.simulator.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is on its way from one state to another, and the word for it meanwhile. */
final class Transitions {
  private final Map<Thing, Transition> begun = new ConcurrentHashMap<>();

  private record Transition(String word, Instant until, String end) {
    Optional<String> at(Instant now) {
      return Optional.of(now.isBefore(until) ? word : end).filter(text -> !text.isEmpty());
    }
  }

  /**
   * @param end the word for the state it ends in; empty for the good one
   */
  void begin(Thing thing, String word, Instant until, String end) {
    begun.put(thing, new Transition(word, until, end));
  }

  /** The word to show; empty when it has arrived where it should. */
  Optional<String> word(Thing thing, Instant now) {
    return Optional.ofNullable(begun.get(thing)).flatMap(transition -> transition.at(now));
  }

  void drop(Thing thing) {
    begun.remove(thing);
  }

  void forget() {
    begun.clear();
  }
}
