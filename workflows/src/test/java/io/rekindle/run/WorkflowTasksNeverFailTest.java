package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.Repository;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Shape;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a plan holds and whatever people say, when and how: no workflow task fails of it, and no
 * sentence says "null". {@code -Ddecisions.seed=N -Ddecisions.count=1} repeats what failed; {@code
 * -Ddecisions.count=500} says much more.
 */
class WorkflowTasksNeverFailTest {
  private static final long SEED = Long.getLong("decisions.seed", 1);
  private static final int COUNT = Integer.getInteger("decisions.count", 8);
  private static final int MESSAGES = 60;
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final List<String> PLANS =
      List.of(
          "visitor-counter",
          "pilot-light-service",
          "aurora-serverless",
          "iot-frugal",
          "iot-multi-region");
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(300),
          Duration.ofSeconds(31),
          Duration.ofSeconds(617),
          Duration.ofSeconds(7_307));

  /** One run of a real plan, in which people say whatever comes to their minds. */
  private static final class Chat {
    private final Stage stage;
    private final RandomGenerator random;
    private final WorkflowStub run;
    private final RandomMessage.Sender sender;
    private final Set<String> executions = new LinkedHashSet<>();
    private final List<String> said = new ArrayList<>();
    private final String id;

    Chat(Stage stage, long seed) {
      this.stage = stage;
      this.random = new SplittableRandom(seed);
      JsonNode plan = plan(PLANS.get((int) (seed % PLANS.size())));
      List<Step> steps = PlanReader.admitted(plan).failover();
      this.id = Failover.ID_PREFIX + plan.path("application").asText();
      RehearsalCloud cloud = new RehearsalCloud(script(steps), stage::now, seed);
      stage.crew().set(new Watch(cloud, stage::now), random.nextInt(3) == 0 ? 120 : Long.MAX_VALUE);
      stage.crew().mayDie(false);
      this.sender = new RandomMessage.Sender(random, fields(steps));
      this.run =
          stage.start(id, Story.request(plan, random.nextInt(3) == 0 ? Mode.PLANNED : Mode.OUTAGE));
    }

    private static JsonNode plan(String name) {
      try {
        return PlanReader.tree(
            Files.readString(Repository.ROOT.resolve("examples/" + name + ".yaml")));
      } catch (IOException missing) {
        throw new AssertionError(missing);
      }
    }

    private static List<String> fields(List<Step> steps) {
      return steps.stream()
          .flatMap(step -> {
            Stream<String> given = step.kind().fields().fields().stream().map(Shape.Slot::name);
            return Stream.concat(given, step.kind().outputNames().stream());
          })
          .distinct()
          .toList();
    }

    private Script script(List<Step> steps) {
      Script script = random.nextInt(4) == 0 ? Script.SMOOTH.inTheDark("eu-west-1") : Script.SMOOTH;
      for (Step step : steps) {
        if (random.nextInt(3) == 0) {
          FailureClass how = FailureClass.values()[random.nextInt(FailureClass.values().length)];
          Verb verb = random.nextBoolean() ? Verb.OBSERVE : Verb.APPLY;
          script = script.failing(step.id(), new Script.Failing(random.nextInt(1, 4), how, verb));
        }
      }
      return script;
    }

    List<String> complaints() {
      for (int i = 0; i < MESSAGES && isOpen(); i++) {
        RunState state = status();
        say(sender.next(state));
        stage.pass(PAUSES.get(random.nextInt(PAUSES.size())));
      }
      List<String> complaints = new ArrayList<>(failedTasks());
      complaints.addAll(sentences(status()));
      if (isOpen()) {
        run.terminate("enough was said");
      }
      return complaints;
    }

    private boolean isOpen() {
      var description = run.describe();
      executions.add(description.getExecution().getRunId());
      return description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    private RunState status() {
      stage.awaitThought(id);
      return stage.client().newUntypedWorkflowStub(id).query("status", RunState.class);
    }

    private void say(RandomMessage message) {
      said.add(message.toString());
      Object[] payload = message.payload().toArray();
      WorkflowStub newest = stage.client().newUntypedWorkflowStub(id);
      try {
        if (random.nextBoolean()) {
          newest.signal(message.verb(), payload);
        } else {
          newest.update(message.verb(), Ruling.class, payload);
        }
      } catch (WorkflowException refused) {
        // It ended meanwhile, or there is no such verb.
      }
    }

    List<String> failedTasks() {
      return executions.stream()
          .flatMap(execution -> stage.client().fetchHistory(id, execution).getEvents().stream())
          .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
          .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
          .filter(failed ->
              failed.getCause()
                  != WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND)
          .map(failed ->
              failed.getFailure().getMessage()
                  + "\n"
                  + failed.getFailure().getStackTrace()
                  + "\nafter "
                  + said)
          .toList();
    }

    private static List<String> sentences(RunState state) {
      List<String> complaints = new ArrayList<>();
      state.steps().stream()
          .filter(step -> step.status() == Status.BLOCKED)
          .filter(step -> step.note() == null || step.note().isBlank())
          .forEach(step -> complaints.add(step.id() + " is blocked without a word"));
      Stream.concat(
              state.rulings().stream().map(Ruling::sentence),
              state.steps().stream().map(StepState::note).map(String::valueOf))
          .filter(sentence -> sentence.matches("(?s).+\\bnull\\b.*|(?s)null\\b.+"))
          .forEach(complaints::add);
      return complaints;
    }
  }

  @Test
  void whateverPeopleSay() throws Exception {
    Stage stage = new EmbeddedStage();
    int stumbled = 0;
    try {
      for (long seed = SEED; seed < SEED + COUNT; seed++) {
        Chat chat = new Chat(stage, seed);
        CompletableFuture<List<String>> chatting =
            CompletableFuture.supplyAsync(chat::complaints, Thread::startVirtualThread);
        try {
          assertThat(chatting.get(LONGEST.toSeconds(), TimeUnit.SECONDS))
              .as("seed %d", seed)
              .isEmpty();
        } catch (TimeoutException tooLong) {
          assertThat(chat.failedTasks()).as("seed %d", seed).isEmpty();
          assertThat(++stumbled)
              .as("seed %d: the embedded server stumbles", seed)
              .isLessThan(2 + COUNT / 50);
          Thread.startVirtualThread(stage::close);
          stage = new EmbeddedStage();
        }
      }
    } finally {
      stage.close();
    }
  }
}
