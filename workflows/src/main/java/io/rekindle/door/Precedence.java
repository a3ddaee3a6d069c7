package io.rekindle.door;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Whether somebody recovers an application for real, which goes before everything else. */
@ActivityInterface
public interface Precedence {
  @ActivityMethod(name = "isFailoverOpen")
  boolean isFailoverOpen(String application);

  /** Comes back once one is open; until then it fails, and is asked again. */
  @ActivityMethod(name = "awaitFailover")
  void awaitFailover(String application);
}
