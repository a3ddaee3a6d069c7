package io.rekindle.door;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rekindle.action.Failures;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;

/** Looks at the runs that a server knows. */
public final class OpenRuns implements Precedence {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final WorkflowClient client;
  private final String prefix;

  /**
   * @param prefix what the id of every failover begins with, before the application's name
   */
  public OpenRuns(WorkflowClient client, String prefix) {
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

  @Override
  public boolean isDrillOpen(String application, String run) {
    return isOpen("RekindleApplication = '%s' AND RekindleRun = '%s'".formatted(application, run));
  }

  @Override
  public void awaitEarlierDrills(String application, String run, Instant began) {
    String earlier =
        "WorkflowType = 'Drill' AND RekindleApplication = '%s' AND RekindleRun != '%s'"
            + " AND StartTime < '%s'";
    if (isOpen(earlier.formatted(application, run, began))) {
      throw Failures.inProgress("another drill of " + application + " is open", PAUSE);
    }
  }

  /** A server that lists nothing is one of tests, which has nothing else open. */
  private boolean isOpen(String query) {
    try (var runs = client.listExecutions("ExecutionStatus = 'Running' AND " + query)) {
      return runs.findAny().isPresent();
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return false;
      }
      throw refused;
    }
  }
}
