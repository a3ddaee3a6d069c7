package io.rekindle.run;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The recovery of one application. Its id is {@code failover/<application>}: the open run is the
 * application's lock and its record. Every verb is a signal, which is kept even while no worker is
 * up, and an update of the same name, which answers.
 */
@WorkflowInterface
public interface Failover {
  String ID_PREFIX = "failover/";
  String TYPE = "Failover";
  String TASK_QUEUE = "rekindle";

  @WorkflowMethod(name = TYPE)
  RunState run(FailoverRequest request);

  @QueryMethod(name = "status", description = "Everything the run knows.")
  RunState status();

  @SignalMethod(name = "approve")
  void approve(Decision.Approve decision);

  @SignalMethod(name = "reject")
  void reject(Decision.Reject decision);

  @SignalMethod(name = "retry")
  void retry(Decision.Retry decision);

  @SignalMethod(name = "skip")
  void skip(Decision.Skip decision);

  @SignalMethod(name = "done")
  void done(Decision.Done decision);

  @SignalMethod(name = "pause")
  void pause(Decision.Pause decision);

  @SignalMethod(name = "resume")
  void resume(Decision.Resume decision);

  @SignalMethod(name = "abort")
  void abort(Decision.Abort decision);

  @SignalMethod(name = "close")
  void close(Decision.Close decision);

  @SignalMethod(name = "failback")
  void failback(Decision.Failback decision);

  @UpdateMethod(name = "approve")
  Ruling approved(Decision.Approve decision);

  @UpdateMethod(name = "reject")
  Ruling rejected(Decision.Reject decision);

  @UpdateMethod(name = "retry")
  Ruling retried(Decision.Retry decision);

  @UpdateMethod(name = "skip")
  Ruling skipped(Decision.Skip decision);

  @UpdateMethod(name = "done")
  Ruling isDone(Decision.Done decision);

  @UpdateMethod(name = "pause")
  Ruling paused(Decision.Pause decision);

  @UpdateMethod(name = "resume")
  Ruling resumed(Decision.Resume decision);

  @UpdateMethod(name = "abort")
  Ruling aborted(Decision.Abort decision);

  @UpdateMethod(name = "close")
  Ruling closed(Decision.Close decision);

  @UpdateMethod(name = "failback")
  Ruling failedBack(Decision.Failback decision);
}
