package io.rekindle.run;

import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Ending;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RandomStory.Deed;
import io.rekindle.run.RandomStory.Moment;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One story, being played. */
final class Performance {
  /** Longer than any step may take before it asks. */
  private static final Duration LONG = Duration.ofHours(30);

  private static final Set<WorkflowTaskFailedCause> NO_MISHAPS =
      Set.of(
          WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
          WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
          WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND);

  private final Stage stage;
  private final RandomStory story;
  private final Watch cloud;
  private final AtomicBoolean died = new AtomicBoolean();
  private final List<Said> said = new ArrayList<>();
  private final int excesses;
  private final WorkflowExecution first;
  private final List<String> beginnings = new ArrayList<>();
  private final WorkflowStub run;

  /** Which cloud the story meets. */
  interface Setting extends BiFunction<RehearsalCloud, Supplier<Instant>, Watch> {}

  private Performance(Stage stage, RandomStory story, Setting setting) {
    this.stage = stage;
    this.story = story;
    this.cloud =
        setting.apply(new RehearsalCloud(story.script(), stage::now, story.seed()), stage::now);
    cloud.spoil(story.ills());
    this.excesses = stage.excesses().size();
    stage.crew().set(this::execute, story.longHistory());
    stage.crew().mayDie(true);
    String id = Failover.ID_PREFIX + story.plan().plan().application();
    this.first =
        stage
            .client()
            .newUntypedWorkflowStub(
                "Failover",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(stage.queue())
                    .setWorkflowId(id)
                    .setWorkflowTaskTimeout(stage.taskTimeout())
                    .build())
            .start(story.request(stage.timeScale().atServer(stage.now())));
    beginnings.add(first.getRunId());
    // By its id alone: it may continue as new.
    this.run = stage.client().newUntypedWorkflowStub(id);
  }

  static Played of(RandomStory story, Stage stage, Setting setting) {
    return of(story, stage, setting, same -> same);
  }

  /** What happens to the run when all but the end is told. */
  interface Fate extends UnaryOperator<WorkflowExecution> {}

  static Played of(RandomStory story, Stage stage, Setting setting, Fate fate) {
    Performance performance = new Performance(stage, story, setting);
    performance.playMoments();
    performance.strike(fate);
    return performance.playEnd();
  }

  /** Plays all but the end, then somebody terminates the run. Gives what was made until then. */
  static List<Entry> terminated(RandomStory story, Stage stage, Setting setting) {
    Performance performance = new Performance(stage, story, setting);
    performance.playMoments();
    if (performance.isOpen()) {
      performance.run.terminate("nobody knows why");
    }
    return performance.cloud.log();
  }

  private void strike(Fate fate) {
    if (isOpen()) {
      WorkflowExecution open = run.describe().getExecution();
      WorkflowExecution after = fate.apply(open);
      if (!after.equals(open)) {
        beginnings.add(after.getRunId());
      }
    }
  }

  private void playMoments() {
    List<Moment> left = new ArrayList<>(story.moments());
    while (!left.isEmpty()) {
      stage.crew().mayDie(story.diesAfter() > 0 || left.stream().anyMatch(Moment::isCrash));
      Moment moment = left.removeFirst();
      pass(moment.after());
      if (isOpen()) {
        happens(moment.deed());
      }
    }
  }

  private Played playEnd() {
    stage.crew().mayDie(story.diesAfter() > 0);
    if (story.isAttended()) {
      new PatientOperator(this, story).finish();
    } else {
      pass(LONG);
    }
    Played played = played();
    if (isOpen()) {
      run.terminate("the story was told");
    }
    return played;
  }

  /** A worker may die after a change, before it can answer. */
  private @Nullable Object execute(EncodedValues arguments) {
    Object answer = cloud.execute(arguments);
    if (cloud.hasMade(story.diesAfter()) && died.compareAndSet(false, true)) {
      Thread crash = Thread.startVirtualThread(() -> stage.crew().crash(() -> {}));
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException killed) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the worker died: " + crash, killed);
      }
    }
    return answer;
  }

  private void happens(Deed deed) {
    switch (deed) {
      case Deed.Says says when says.waiting() -> tell(says.decision());
      case Deed.Says says -> signal(says.decision());
      case Deed.Crash crash -> stage.crew().crash(() -> crash.meanwhile().forEach(this::signal));
      case Deed.PrimaryTurns turns -> cloud.turn("us-east-2");
      case Deed.Cancels cancels -> cancel();
    }
  }

  void pass(Duration duration) {
    stage.pass(duration, this::isAtRest);
  }

  boolean isOpen() {
    return run.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  RunState status() {
    stage.awaitThought(first.getWorkflowId());
    return run.query("status", RunState.class);
  }

  /** Whether it is over or waits for people, and no time changes that soon. */
  private boolean isAtRest() {
    if (!isOpen()) {
      return true;
    }
    try {
      RunState state = status();
      return state.phase() == Phase.SERVING || state.ending() == null && waitsForPeople(state);
    } catch (WorkflowException workersDied) {
      return false;
    }
  }

  private static boolean waitsForPeople(RunState state) {
    boolean waits =
        state.paused()
            || state.steps().stream().anyMatch(step -> step.status() == Status.BLOCKED)
            || state.steps().stream().anyMatch(step -> step.status() == Status.ASKING);
    return waits
        && state.steps().stream()
            .filter(step -> step.status() == Status.RUNNING || step.status() == Status.ASKING)
            .allMatch(step -> state.paused() || isAsked(state, step.id()));
  }

  private static boolean isAsked(RunState state, String step) {
    return state.gates().stream().anyMatch(gate -> gate.open() && gate.id().equals(step))
        || state.tasks().stream().anyMatch(task -> task.id().equals(step));
  }

  /** Empty when the run ended before it could answer. */
  Optional<Ruling> tell(Decision decision) {
    Instant before = stage.now();
    Ruling ruling = null;
    try {
      ruling = run.update(decision.verb(), Ruling.class, decision);
    } catch (WorkflowException ended) {
      // It counts as said: nobody can tell whether it was heard.
    }
    said.add(new Said(before, stage.now(), decision, ruling));
    return Optional.ofNullable(ruling);
  }

  private void signal(Decision decision) {
    Instant before = stage.now();
    try {
      run.signal(decision.verb(), decision);
    } catch (WorkflowException ended) {
      return;
    }
    said.add(new Said(before, stage.now(), decision, null));
  }

  private void cancel() {
    Instant before = stage.now();
    run.cancel();
    Decision meant = new Decision.Abort(false, "the workflow was cancelled", null, null);
    said.add(new Said(before, stage.now(), meant, null));
  }

  private Played played() {
    List<HistoryEvent> events = events();
    return new Played(
        story,
        cloud.log(),
        cloud.undone(),
        cloud.looks(),
        List.copyOf(said),
        status(),
        ending(events.getLast()),
        mishaps(events),
        stage.timeScale());
  }

  /** What failed inside, and what a real server would have refused. */
  private List<String> mishaps(List<HistoryEvent> events) {
    List<String> excess = stage.excesses();
    return Stream.concat(
            events.stream().flatMap(event -> mishap(event).stream()),
            excess.subList(excesses, excess.size()).stream())
        .toList();
  }

  /** All that is written down about the run, through all its executions. */
  private List<HistoryEvent> events() {
    List<HistoryEvent> all = new ArrayList<>();
    for (String beginning : beginnings) {
      String execution = beginning;
      while (!execution.isEmpty()) {
        all.addAll(stage.client().fetchHistory(first.getWorkflowId(), execution).getEvents());
        execution =
            all.getLast()
                .getWorkflowExecutionContinuedAsNewEventAttributes()
                .getNewExecutionRunId();
      }
    }
    return all;
  }

  private static @Nullable Ending ending(HistoryEvent last) {
    var failure = last.getWorkflowExecutionFailedEventAttributes().getFailure();
    return switch (last.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> new Ending("COMPLETED", "it was closed");
      case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> new Ending("CANCELED", "it was cancelled");
      case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED ->
          new Ending(failure.getApplicationFailureInfo().getType(), failure.getMessage());
      default -> null;
    };
  }

  /** What is done again because something happened meanwhile, or the worker died, is no mishap. */
  private static Optional<String> mishap(HistoryEvent event) {
    var failed = event.getWorkflowTaskFailedEventAttributes();
    String what = failed.getFailure().getMessage();
    return event.getEventType() != EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
            || NO_MISHAPS.contains(failed.getCause())
            || what.equals("Unexpected interrupt")
            || what.startsWith("Premature end of stream")
        ? Optional.empty()
        : Optional.of(failed.getCause() + ": " + what);
  }
}
