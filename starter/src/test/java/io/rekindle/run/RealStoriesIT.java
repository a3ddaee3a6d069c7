package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RandomStory.Attendance;
import io.rekindle.starter.local.FileTemporal;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The random stories, judged by the same oracle, on a real Temporal server; and some of their runs
 * are reset or terminated on the way. A failure names its seed; {@code -Dstories.seed=…} with
 * {@code -Dstories.count=1} repeats it; {@code -Dtagged=real-stories} plays the hundred.
 */
class RealStoriesIT {
  private static final long SEED = Long.getLong("stories.seed", 1);
  private static final int FEW = Integer.getInteger("stories.count", 6);
  private static final int MANY = 100;
  private static final int AT_ONCE = 12;
  private static final String WAIT = "3s";
  private static final String BUDGET = "15s";

  @TempDir private static Path folder;
  private static FileTemporal temporal;

  @BeforeAll
  static void startServer() {
    temporal = FileTemporal.in(folder);
  }

  @AfterAll
  static void stopServer() {
    temporal.close();
  }

  /** What becomes of the run of a story, besides what the story tells. */
  private enum Fate {
    NONE,
    RESET,
    TERMINATED;

    static Fate of(long seed) {
      return switch ((int) (seed % 6)) {
        case 2, 4 -> RESET;
        case 5 -> TERMINATED;
        default -> NONE;
      };
    }
  }

  @Test
  void endWell() throws Exception {
    play(SEED, FEW);
  }

  @Tag("real-stories")
  @Test
  void endWellByTheHundred() throws Exception {
    play(SEED + FEW, MANY - FEW);
  }

  private static void play(long first, int count) throws Exception {
    List<String> complaints = new ArrayList<>();
    try (ExecutorService stages = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<List<String>>> stories =
          LongStream.range(first, first + count)
              .<Callable<List<String>>>mapToObj(seed -> () -> complaints(seed))
              .toList();
      for (Future<List<String>> played : stages.invokeAll(stories)) {
        complaints.addAll(played.get());
      }
    }
    assertThat(complaints).isEmpty();
  }

  private static List<String> complaints(long seed) {
    RandomStory story = inOurTime(RandomStory.of(seed));
    try {
      return Oracle.complaints(played(story)).stream()
          .map(complaint -> "seed %d, %s: %s%n%s".formatted(seed, Fate.of(seed), complaint, story))
          .toList();
    } catch (RuntimeException | AssertionError failed) {
      throw new AssertionError("seed %d, %s: %s".formatted(seed, Fate.of(seed), story), failed);
    }
  }

  private static Played played(RandomStory story) {
    return switch (Fate.of(story.seed())) {
      case NONE -> onStage(story, "", stage -> Performance.of(story, stage, Hasty::new));
      // What was made with corrected fields, a run that is rewound before them cannot know of.
      case RESET ->
          onStage(
              story,
              "",
              stage ->
                  Performance.of(
                      story.withoutCorrections(),
                      stage,
                      Hasty::new,
                      open -> reset(stage.client(), open, story.seed())));
      case TERMINATED -> {
        List<Entry> left =
            onStage(story, "", stage -> Performance.terminated(story, stage, Hasty::new));
        RandomStory next = adopting(story, left);
        yield onStage(next, "-again", stage -> Performance.of(next, stage, Hasty::new));
      }
    };
  }

  private interface Playing<T> {
    T on(Stage stage);
  }

  private static <T> T onStage(RandomStory story, String suffix, Playing<T> playing) {
    try (Stage stage = new RealStage(temporal.address(), "story-" + story.seed() + suffix)) {
      return playing.on(stage);
    }
  }

  /** Waits and budgets are for the workflow, whose time is ours. */
  private static RandomStory inOurTime(RandomStory story) {
    ObjectNode tree = story.plan().tree().deepCopy();
    for (JsonNode each : tree.path("failover")) {
      ObjectNode step = (ObjectNode) each;
      if (step.path("uses").asText().equals("wait")) {
        ((ObjectNode) step.path("with")).put("for", WAIT);
      } else if (!Kinds.named(step.path("uses").asText()).orElseThrow().isControl()) {
        step.put("timeout", BUDGET);
      }
    }
    if (tree.path("parameters") instanceof ObjectNode parameters) {
      parameters.remove(Knob.PAUSE.word());
    }
    RandomPlan plan =
        new RandomPlan(
            tree,
            PlanReader.read(tree).plan().orElseThrow(),
            story.plan().knobs(),
            story.plan().drafts());
    return new RandomStory(
        story.seed(),
        plan,
        story.mode(),
        story.asked().without(Knob.PAUSE),
        inOurTime(story.script()),
        story.ills(),
        story.moments(),
        story.longHistory(),
        story.diesAfter(),
        story.attendance());
  }

  /** What is waited for in vain, the workflow waits for in our time. */
  private static Script inOurTime(Script script) {
    Script sooner = script;
    for (var failing : script.failures().entrySet()) {
      Script.Failing how = failing.getValue();
      if (how.times() == Script.FOR_GOOD && how.how().passes()) {
        sooner = sooner.failing(failing.getKey(), new Script.Failing(6, how.how(), how.verb()));
      }
    }
    for (var slow : script.slowness().entrySet()) {
      sooner = sooner.slower(slow.getKey(), Math.min(slow.getValue(), 0.2));
    }
    return sooner;
  }

  /** Another run, which finds what the terminated one left. */
  private static RandomStory adopting(RandomStory story, List<Entry> left) {
    List<String> foreign =
        story.plan().plan().failover().stream()
            .filter(step -> !step.kind().isControl())
            .filter(step -> step.kind().facts().guard() == Guard.NAME)
            .map(Step::id)
            .filter(id -> left.stream().anyMatch(entry -> entry.step().equals(id)))
            .toList();
    return new RandomStory(
        story.seed(),
        story.plan(),
        story.mode(),
        story.asked(),
        story.script().withForeign(foreign.toArray(String[]::new)),
        Map.of(),
        List.of(),
        Long.MAX_VALUE,
        0,
        Attendance.PATIENT);
  }

  /** To any moment of the past that the server can go back to. */
  private static WorkflowExecution reset(WorkflowClient client, WorkflowExecution run, long seed) {
    List<Long> moments =
        client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents().stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
            .map(HistoryEvent::getEventId)
            .toList();
    if (moments.isEmpty()) {
      return run;
    }
    long moment = moments.get(new SplittableRandom(seed).nextInt(moments.size()));
    String after =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setWorkflowExecution(run)
                    .setReason("a story")
                    .setRequestId(UUID.randomUUID().toString())
                    .setWorkflowTaskFinishEventId(moment)
                    .build())
            .getRunId();
    return run.toBuilder().setRunId(after).build();
  }
}
