package io.rekindle.door;

import io.rekindle.action.Failures;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;

/** Looks at the run that is an application's lock. */
public final class OpenFailovers implements Precedence {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final WorkflowClient client;
  private final String prefix;

  /**
   * @param prefix what the id of every failover begins with, before the application's name
   */
  public OpenFailovers(WorkflowClient client, String prefix) {
    this.client = client;
    this.prefix = prefix;
  }

  @Override
  public boolean isFailoverOpen(String application) {
    try {
      return client.newUntypedWorkflowStub(prefix + application).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException none) {
      return false;
    }
  }

  @Override
  public void awaitFailover(String application) {
    if (!isFailoverOpen(application)) {
      throw Failures.inProgress("no failover of " + application + " is open", PAUSE);
    }
  }
}
