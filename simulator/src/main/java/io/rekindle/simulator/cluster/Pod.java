package io.rekindle.simulator.cluster;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pod, from its making to its end.
 *
 * @param ready when it is ready, if nothing keeps it from that; absent while no node has room
 * @param gone when its last container has stopped; absent for one that shall run
 */
record Pod(String name, Fate fate, @Nullable Instant ready, @Nullable Instant gone) {
  static Pod waiting(String name, Fate fate) {
    return new Pod(name, fate, null, null);
  }

  boolean isWanted() {
    return gone == null;
  }

  boolean isOnANode() {
    return ready != null;
  }

  boolean hasGone(Instant now) {
    return gone != null && !now.isBefore(gone);
  }

  boolean isReady(Instant now) {
    return fate == Fate.RUNS && isUp(now);
  }

  /** Whether its container was started, for better or worse. */
  boolean isUp(Instant now) {
    return ready != null && !now.isBefore(ready);
  }

  Pod placed(Instant at) {
    return new Pod(name, fate, at, gone);
  }

  Pod ending(Instant at) {
    return new Pod(name, fate, ready, at);
  }

  Optional<Instant> end() {
    return Optional.ofNullable(gone);
  }
}
