package io.rekindle.starter.run;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.rekindle.run.Drill;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.run.ScheduledDrill.Past;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleActionResult;
import io.temporal.api.schedule.v1.ScheduleInfo;
import io.temporal.api.schedule.v1.ScheduleListEntry;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.DeleteScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.UpdateScheduleRequest;
import io.temporal.client.WorkflowClientOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The drills that a server repeats. */
public final class Schedules {
  private static final int PAGE = 100;

  /** A change that meets another one is dropped by the server without a word. */
  private static final int ATTEMPTS = 5;

  private static final int PARTS_OF_AN_ID = 3;

  private final ServerCalls server;
  private final WorkflowClientOptions client;
  private final DrillLog log;

  /** What became of a schedule. */
  public enum Change {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /**
   * A schedule as it is now.
   *
   * @param paused why it is paused: it stays so
   */
  public record Made(Change change, Optional<String> paused) {}

  Schedules(ServerCalls server, WorkflowClientOptions client) {
    this.server = server;
    this.client = client;
    this.log = new DrillLog(server, client.getNamespace(), client.getDataConverter());
  }

  /** Creates it, or changes the one that is there where the plan differs. */
  public Made make(DrillSchedule wanted, String by) {
    Optional<DescribeScheduleResponse> there = describe(wanted.id());
    if (there.isEmpty()) {
      create(wanted, by);
      return new Made(Change.CREATED, Optional.empty());
    }
    if (terms(there.get()).equals(wanted.terms())) {
      return new Made(Change.UNCHANGED, paused(there.get()));
    }
    return new Made(Change.UPDATED, paused(updated(wanted, by, there.get())));
  }

  private void create(DrillSchedule wanted, String by) {
    ScheduleState state = ScheduleState.newBuilder().setNotes(wanted.note(by)).build();
    CreateScheduleRequest request =
        CreateScheduleRequest.newBuilder()
            .setNamespace(client.getNamespace())
            .setIdentity(client.getIdentity())
            .setRequestId(UUID.randomUUID().toString())
            .setScheduleId(wanted.id())
            .setSchedule(schedule(wanted, state))
            .build();
    var unused =
        server.ask("creating the schedule " + wanted.id(), stub -> stub.createSchedule(request));
  }

  private Schedule schedule(DrillSchedule wanted, ScheduleState state) {
    return wanted.schedule(client.getDataConverter(), state);
  }

  private DescribeScheduleResponse updated(
      DrillSchedule wanted, String by, DescribeScheduleResponse before) {
    DescribeScheduleResponse there = before;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      update(wanted, by, there);
      there = describe(wanted.id()).orElse(there);
      if (terms(there).equals(wanted.terms())) {
        return there;
      }
    }
    throw new BadInput(
        "The schedule %s at %s was changed %d times and does not say what the plan says: somebody else changes it, too. Try again."
            .formatted(wanted.id(), server.where(), ATTEMPTS));
  }

  /** Why it is paused is worth more than where it is from. */
  private void update(DrillSchedule wanted, String by, DescribeScheduleResponse there) {
    ScheduleState state = there.getSchedule().getState();
    ScheduleState after =
        state.getPaused() ? state : state.toBuilder().setNotes(wanted.note(by)).build();
    UpdateScheduleRequest request =
        UpdateScheduleRequest.newBuilder()
            .setNamespace(client.getNamespace())
            .setIdentity(client.getIdentity())
            .setRequestId(UUID.randomUUID().toString())
            .setScheduleId(wanted.id())
            .setConflictToken(there.getConflictToken())
            .setSchedule(schedule(wanted, after))
            .build();
    var unused =
        server.ask("changing the schedule " + wanted.id(), stub -> stub.updateSchedule(request));
  }

  private DrillTerms terms(DescribeScheduleResponse there) {
    return DrillTerms.of(there.getSchedule(), client.getDataConverter());
  }

  private static Optional<String> paused(DescribeScheduleResponse there) {
    ScheduleState state = there.getSchedule().getState();
    return state.getPaused() ? Optional.of(state.getNotes()) : Optional.empty();
  }

  private Optional<DescribeScheduleResponse> describe(String id) {
    return server.find(
        "looking at the schedule " + id,
        Status.Code.NOT_FOUND,
        stub ->
            stub.describeSchedule(
                DescribeScheduleRequest.newBuilder()
                    .setNamespace(client.getNamespace())
                    .setScheduleId(id)
                    .build()));
  }

  /** The names of an application's drills that are scheduled. */
  public List<String> names(String application) {
    return ids(Drill.id(application, "")).stream().map(id -> part(id, 2)).toList();
  }

  private static String part(String id, int index) {
    return id.split("/", PARTS_OF_AN_ID)[index];
  }

  /** A drill of it that is open goes on. */
  public void remove(String application, String drill) {
    String id = Drill.id(application, drill);
    var unused =
        server.find(
            "removing the schedule " + id,
            Status.Code.NOT_FOUND,
            stub ->
                stub.deleteSchedule(
                    DeleteScheduleRequest.newBuilder()
                        .setNamespace(client.getNamespace())
                        .setIdentity(client.getIdentity())
                        .setScheduleId(id)
                        .build()));
  }

  /** All that are there. */
  public List<ScheduledDrill> list() {
    return list(Drill.ID_PREFIX);
  }

  /** Those of one application. */
  public List<ScheduledDrill> of(String application) {
    return list(Drill.id(application, ""));
  }

  private List<ScheduledDrill> list(String prefix) {
    return ids(prefix).stream()
        .flatMap(id -> describe(id).map(there -> seen(id, there)).stream())
        .toList();
  }

  private List<String> ids(String prefix) {
    List<String> ids = new ArrayList<>();
    ListSchedulesResponse page = ListSchedulesResponse.getDefaultInstance();
    do {
      ListSchedulesRequest request =
          ListSchedulesRequest.newBuilder()
              .setNamespace(client.getNamespace())
              .setMaximumPageSize(PAGE)
              .setNextPageToken(page.getNextPageToken())
              .build();
      page = server.ask("listing schedules", stub -> stub.listSchedules(request));
      page.getSchedulesList().stream()
          .map(ScheduleListEntry::getScheduleId)
          .filter(id -> id.startsWith(prefix) && id.split("/", -1).length == PARTS_OF_AN_ID)
          .forEach(ids::add);
    } while (!page.getNextPageToken().isEmpty());
    return ids.stream().sorted().toList();
  }

  private ScheduledDrill seen(String id, DescribeScheduleResponse there) {
    ScheduleInfo info = there.getInfo();
    DrillTerms terms = terms(there);
    Optional<Past> last = log.last(id);
    Optional<Past> success = log.lastSuccess(id).or(() -> forgotten(info));
    Optional<String> paused = paused(there);
    return new ScheduledDrill(
        part(id, 1),
        part(id, 2),
        terms.cron(),
        terms.zone(),
        terms.plan(),
        paused.isPresent()
            ? List.of()
            : info.getFutureActionTimesList().stream().map(DrillLog::time).toList(),
        last,
        success,
        dueSince(
            id,
            success.map(Past::began).orElseGet(() -> DrillLog.time(info.getCreateTime())),
            last.filter(Past::isOpen).isPresent()),
        info.getOverlapSkipped(),
        info.getMissedCatchupWindow(),
        paused);
  }

  /** A schedule remembers that its last drills completed for longer than the server has them. */
  private Optional<Past> forgotten(ScheduleInfo info) {
    return info.getRecentActionsList().reversed().stream()
        .filter(action ->
            action.getStartWorkflowStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED)
        .filter(action -> !log.remembers(action.getStartWorkflowResult().getWorkflowId()))
        .findFirst()
        .map(Schedules::past);
  }

  private static Past past(ScheduleActionResult action) {
    return new Past(
        action.getStartWorkflowResult().getWorkflowId(),
        DrillLog.time(action.getActualTime()),
        Optional.empty(),
        DrillLog.word(action.getStartWorkflowStatus()));
  }

  /**
   * The first time at which it was to begin after its last success. One that is open may still be
   * the next success, unless it should have begun again since.
   */
  private Optional<Instant> dueSince(String id, Instant success, boolean open) {
    List<Timestamp> times =
        server
            .ask(
                "asking the schedule " + id + " for its times",
                stub ->
                    stub.listScheduleMatchingTimes(
                        ListScheduleMatchingTimesRequest.newBuilder()
                            .setNamespace(client.getNamespace())
                            .setScheduleId(id)
                            .setStartTime(Timestamps.fromMillis(success.toEpochMilli()))
                            .setEndTime(Timestamps.fromMillis(Instant.now().toEpochMilli()))
                            .build()))
            .getStartTimeList();
    return open && times.size() <= 1
        ? Optional.empty()
        : times.stream().findFirst().map(DrillLog::time);
  }
}
