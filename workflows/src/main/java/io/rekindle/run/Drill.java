package io.rekindle.run;

import io.rekindle.door.DrillRequest;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * A failover in which nobody is asked, on copies of its own, whose end is always that they are
 * taken away. Its id begins with {@code drill/<application>/<drill>}; a schedule adds the time.
 */
@WorkflowInterface
public interface Drill {
  String ID_PREFIX = "drill/";
  String TYPE = "Drill";

  /** Of its own: drills never take a worker from a failover. */
  String TASK_QUEUE = "rekindle-drills";

  /** The id of a drill that a person starts, and what the ids of all others begin with. */
  static String id(String application, String drill) {
    return ID_PREFIX + application + "/" + drill;
  }

  /**
   * @param request a {@link DrillRequest}, as it came
   * @param resumed where an earlier execution of the same drill stopped; only given by itself
   */
  @WorkflowMethod(name = TYPE)
  RunState run(RawValue request, @Nullable RunState resumed);

  @QueryMethod(name = "status", description = "Everything the drill knows.")
  RunState status();
}
