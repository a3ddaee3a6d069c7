package io.rekindle.starter.run;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.rekindle.run.Drill;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.starter.run.ScheduledDrill.Past;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.common.converter.DataConverter;
import java.time.Instant;
import java.util.Optional;

/** What a server remembers of a drill, whoever started it: a person, or a schedule. */
record DrillLog(ServerCalls server, String namespace, DataConverter data) {
  private static final String OUTCOME = "RekindleOutcome";

  /**
   * The open one, or the one that ended last.
   *
   * @param id what the ids of its workflows begin with
   */
  Optional<Past> last(String id) {
    return first(of(id));
  }

  Optional<Past> lastSuccess(String id) {
    return first("%s AND %s = '%s'".formatted(of(id), OUTCOME, Outcome.DRILLED));
  }

  private static String of(String id) {
    return "WorkflowType = '%s' AND (WorkflowId = '%s' OR TemporalScheduledById = '%s')"
        .formatted(Drill.TYPE, id, id);
  }

  /** Servers list open ones first, and then those that ended last. */
  private Optional<Past> first(String query) {
    return server
        .find(
            "listing drills",
            Status.Code.UNIMPLEMENTED,
            stub ->
                stub.listWorkflowExecutions(
                    ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(query)
                        .setPageSize(1)
                        .build()))
        .flatMap(listed -> listed.getExecutionsList().stream().findFirst())
        .map(this::past);
  }

  private Past past(WorkflowExecutionInfo listed) {
    return new Past(
        listed.getExecution().getWorkflowId(),
        time(listed.getStartTime()),
        listed.hasCloseTime() ? Optional.of(time(listed.getCloseTime())) : Optional.empty(),
        Optional.ofNullable(listed.getSearchAttributes().getIndexedFieldsMap().get(OUTCOME))
            .map(outcome -> data.fromPayload(outcome, String.class, String.class))
            .filter(outcome -> listed.hasCloseTime())
            .orElseGet(() -> word(listed.getStatus())));
  }

  static String word(WorkflowExecutionStatus status) {
    return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "");
  }

  static Instant time(Timestamp timestamp) {
    return Instant.ofEpochMilli(Timestamps.toMillis(timestamp));
  }

  /** Servers forget workflows some time after they ended. */
  boolean remembers(String workflow) {
    return server
        .find(
            "looking at " + workflow,
            Status.Code.NOT_FOUND,
            stub ->
                stub.describeWorkflowExecution(
                    DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                        .build()))
        .isPresent();
  }
}
