package io.rekindle.door;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * The front door: its answer is history, so a stricter reader never breaks a run that was let in.
 */
@ActivityInterface
public interface Admission {
  /**
   * Everything that is wrong with the plan, or with what else was asked for; nothing when it may
   * run.
   */
  @ActivityMethod(name = "admit")
  List<String> admit(FailoverRequest request);
}
