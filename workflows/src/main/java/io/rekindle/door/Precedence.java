package io.rekindle.door;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Who acts for an application right now: a real recovery goes before everything else. */
@ActivityInterface
public interface Precedence {
  @ActivityMethod(name = "isFailoverOpen")
  boolean isFailoverOpen(String application);

  /** Comes back once one is open; until then it fails, and is asked again. */
  @ActivityMethod(name = "awaitFailover")
  void awaitFailover(String application);

  /** Whether a run of a drill is open: what it made is its own to take away. */
  @ActivityMethod(name = "isDrillOpen")
  boolean isDrillOpen(String application, String run);

  /**
   * Comes back once no drill of the application is open that began earlier; until then it fails,
   * and is asked again. Two that alter the same thing would put back what the other one made of it.
   *
   * @param run of the one that waits
   */
  @ActivityMethod(name = "awaitEarlierDrills")
  void awaitEarlierDrills(String application, String run, Instant began);
}
