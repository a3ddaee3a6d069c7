package io.rekindle.starter.run;

import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.util.Durations;
import io.rekindle.door.DrillRequest;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.SchedulePolicies;
import io.temporal.api.schedule.v1.ScheduleSpec;
import io.temporal.api.schedule.v1.StructuredCalendarSpec;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All of a schedule that a plan decides: where two have the same, there is nothing to change.
 *
 * @param cron empty where the times are not those of one cron line
 * @param drill empty where the schedule starts something else
 * @param plan the digest of the plan
 */
record DrillTerms(
    String cron,
    String zone,
    Duration jitter,
    SchedulePolicies policies,
    String type,
    String queue,
    String workflow,
    String drill,
    String plan) {
  private static final DrillRequest NONE = new DrillRequest(NullNode.getInstance(), "", null);

  /** Of a schedule as the server describes it. */
  static DrillTerms of(Schedule schedule, DataConverter data) {
    ScheduleSpec spec = schedule.getSpec();
    NewWorkflowExecutionInfo start = schedule.getAction().getStartWorkflow();
    DrillRequest request = request(start, data);
    return new DrillTerms(
        cron(spec),
        spec.getTimezoneName(),
        Duration.ofMillis(Durations.toMillis(spec.getJitter())),
        schedule.getPolicies(),
        start.getWorkflowType().getName(),
        start.getTaskQueue().getName(),
        start.getWorkflowId(),
        request.drill(),
        DrillSchedule.digest(request.plan()));
  }

  private static String cron(ScheduleSpec spec) {
    List<StructuredCalendarSpec> calendars = spec.getStructuredCalendarList();
    boolean simple =
        calendars.size() == 1
            && spec.getIntervalCount() == 0
            && spec.getExcludeStructuredCalendarCount() == 0
            && !spec.hasStartTime()
            && !spec.hasEndTime();
    return simple ? calendars.getFirst().getComment() : "";
  }

  private static DrillRequest request(NewWorkflowExecutionInfo start, DataConverter data) {
    try {
      return Optional.ofNullable(
              data.fromPayloads(
                  0, Optional.of(start.getInput()), DrillRequest.class, DrillRequest.class))
          .orElse(NONE);
    } catch (DataConverterException somethingElse) {
      return NONE;
    }
  }
}
