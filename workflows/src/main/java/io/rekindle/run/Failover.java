package io.rekindle.run;

import io.rekindle.door.FailoverRequest;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * The recovery of one application. Its id is {@code failover/<application>}: the open run is the
 * application's lock and its record. What people can say to it stands in {@link Operators}.
 */
@WorkflowInterface
public interface Failover {
  String ID_PREFIX = "failover/";
  String TYPE = "Failover";
  String TASK_QUEUE = "rekindle";

  /**
   * @param request a {@link FailoverRequest}, as it came: what Temporal could not read would be
   *     tried again for ever, and nobody would know
   * @param resumed where an earlier execution of the same run stopped; only given by the run itself
   */
  @WorkflowMethod(name = TYPE)
  RunState run(RawValue request, @Nullable RunState resumed);

  @QueryMethod(name = "status", description = "Everything the run knows.")
  RunState status();
}
