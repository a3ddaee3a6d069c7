package io.rekindle.starter.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.util.Durations;
import io.rekindle.door.DrillRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Trees;
import io.rekindle.run.Drill;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.schedule.v1.SchedulePolicies;
import io.temporal.api.schedule.v1.ScheduleSpec;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.common.converter.DataConverter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** One of a plan's drills, as a server is to repeat it. */
public record DrillSchedule(Plan plan, Plan.Drill drill) {
  /** What was missed for longer than this, while the server was down, is not made up for. */
  public static final Duration CATCH_UP = Duration.ofMinutes(10);

  private static final Duration MOST_JITTER = Duration.ofMinutes(5);
  private static final int SHARE_OF_GAP = 10;
  private static final int DIGEST_DIGITS = 12;

  /** All drills of a plan. */
  public static List<DrillSchedule> of(Plan plan) {
    return plan.drills().stream().map(drill -> new DrillSchedule(plan, drill)).toList();
  }

  public String application() {
    return plan.application().value();
  }

  public String name() {
    return drill.name();
  }

  /** Of the schedule, and what the ids of its drills begin with. */
  public String id() {
    return Drill.id(application(), name());
  }

  /** What each of its drills is started with: nobody asked for it. */
  public DrillRequest request() {
    return new DrillRequest(Trees.json(plan.source()), name(), null);
  }

  public String summary() {
    return "Drill '" + name() + "' of " + application();
  }

  /**
   * The cron fields; Temporal keeps numbers of them, and shows what stands behind the {@code #}.
   */
  public String cron() {
    return drill.cron().fields() + " # " + drill.cron().fields();
  }

  /** So that many plans that say the same time do not all begin at once. */
  public Duration jitter() {
    Duration share = drill.cron().gap().dividedBy(SHARE_OF_GAP);
    return share.compareTo(MOST_JITTER) < 0 ? share : MOST_JITTER;
  }

  /** What its note begins with. */
  public String origin() {
    return "Made from the plan of %s, %s".formatted(application(), digest(request().plan()));
  }

  /**
   * @param by who made it
   */
  String note(String by) {
    return "%s, by %s with rekindle drill schedule".formatted(origin(), by);
  }

  /** The same plan has the same one. */
  static String digest(JsonNode plan) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(plan.toString().getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  DrillTerms terms() {
    return new DrillTerms(
        drill.cron().fields(),
        drill.timeZone().getId(),
        jitter(),
        policies(),
        Drill.TYPE,
        Drill.TASK_QUEUE,
        id(),
        name(),
        digest(request().plan()));
  }

  Schedule schedule(DataConverter data, ScheduleState state) {
    return Schedule.newBuilder()
        .setSpec(
            ScheduleSpec.newBuilder()
                .addCronString(cron())
                .setTimezoneName(drill.timeZone().getId())
                .setJitter(Durations.fromMillis(jitter().toMillis())))
        .setAction(ScheduleAction.newBuilder().setStartWorkflow(start(data)))
        .setPolicies(policies())
        .setState(state)
        .build();
  }

  private static SchedulePolicies policies() {
    return SchedulePolicies.newBuilder()
        .setOverlapPolicy(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
        .setCatchupWindow(Durations.fromMillis(CATCH_UP.toMillis()))
        .setPauseOnFailure(true)
        .build();
  }

  private NewWorkflowExecutionInfo start(DataConverter data) {
    return NewWorkflowExecutionInfo.newBuilder()
        .setWorkflowId(id())
        .setWorkflowType(WorkflowType.newBuilder().setName(Drill.TYPE))
        .setTaskQueue(TaskQueue.newBuilder().setName(Drill.TASK_QUEUE))
        .setInput(data.toPayloads(request()).orElseThrow())
        .setUserMetadata(
            UserMetadata.newBuilder().setSummary(data.toPayload(summary()).orElseThrow()))
        .build();
  }
}
