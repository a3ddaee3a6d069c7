package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that are open while a new version is rolled out go on with it: what the workflow once did,
 * it does again. Histories are added with {@code -Drecord-histories=<version>}, never made anew to
 * quiet a failing replay.
 */
class RecordedHistoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/histories");
  private static final String VERSION = System.getProperty("record-histories", "");

  /** The first replay of a busy machine must not pass for a workflow that hangs. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis())
          .build();

  private static List<String> examples() {
    return List.of(
        "visitor-counter",
        "pilot-light-service",
        "aurora-serverless",
        "iot-frugal",
        "iot-multi-region");
  }

  private static List<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleHasItsStories(String example) throws IOException {
    List<String> names = recorded().stream().map(file -> file.getFileName().toString()).toList();
    for (String story : List.of("plain", "blocked", "rolled-back", "home", "drill")) {
      assertThat(names).anyMatch(name -> name.startsWith(example + "-" + story + "-"));
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theWorkflowDoesAgainWhatItDid(Path file) throws Exception {
    try (TestWorkflowEnvironment nowhere = TestWorkflowEnvironment.newInstance()) {
      Worker worker = nowhere.newWorker("replay", PATIENT);
      Workflows.register(worker);
      WorkflowReplayer.replayWorkflowExecution(read(file), worker);
    }
  }

  private static String application(Path file) {
    return file.getFileName()
        .toString()
        .replaceFirst("-(plain|blocked|rolled-back|home|drill)-.*", "");
  }

  private static boolean isOfADrill(Path file) {
    return file.getFileName().toString().contains("-drill-");
  }

  /** The rest of its id. */
  private static String workflow(Path file) {
    String drill = file.getFileName().toString().replaceFirst(".*-drill-(.*)-[^-]*$", "$1");
    return application(file) + (isOfADrill(file) ? "/" + drill : "");
  }

  private static WorkflowExecutionHistory read(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return WorkflowExecutionHistory.fromJson(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          (isOfADrill(file) ? Drill.ID_PREFIX : Failover.ID_PREFIX) + workflow(file));
    }
  }

  /**
   * @param blocking the step that fails once in the second story, and is retried
   * @param last the step that fails in the third story, before traffic moves
   */
  @ParameterizedTest
  @CsvSource({
    "visitor-counter, database, service",
    "pilot-light-service, database, tasks",
    "aurora-serverless, database, settings",
    "iot-frugal, prod, prod-endpoint",
    "iot-multi-region, epoch, commands"
  })
  void records(String example, String blocking, String last) throws IOException {
    assumeTrue(!VERSION.isEmpty(), "nothing is to be recorded");
    String plan = Files.readString(Path.of("../examples", example + ".yaml"));
    try (Story story = approved(plan, Script.SMOOTH)) {
      story.tell(new Decision.Close("seen", "anna", null));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
      write(example + "-plain", story);
    }
    try (Story story = approved(plan, failing(blocking))) {
      assertThat(story.step(blocking).status()).isEqualTo(Status.BLOCKED);
      story.tell(VerbsTest.retry(blocking, Map.of()));
      passDoingTasks(story, 6);
      story.tell(new Decision.Close("seen", "anna", null));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
      write(example + "-blocked", story);
    }
    try (Story story = approved(plan, failing(last))) {
      assertThat(story.step(last).status()).isEqualTo(Status.BLOCKED);
      story.tell(new Decision.Abort(true, "enough", "anna", null));
      assertThat(story.failure().getOriginalMessage()).startsWith("aborted: enough");
      write(example + "-rolled-back", story);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void recordsTheWayHome(String example) throws IOException {
    assumeTrue(!VERSION.isEmpty(), "nothing is to be recorded");
    String plan = Files.readString(Path.of("../examples", example + ".yaml"));
    try (Story story = approved(plan, Script.SMOOTH)) {
      Ruling begun = story.tell(new Decision.Failback(null, "healthy", "anna", null));
      assertThat(begun.obeyed()).as(begun.sentence()).isTrue();
      for (int hours = 0; hours < 24; hours++) {
        agree(story, people(plan));
        passDoingTasks(story, 1);
      }
      assertThat(story.isOpen()).as("%s", story.status()).isFalse();
      assertThat(story.result().outcome()).isEqualTo(Outcome.FAILED_BACK);
      writeAll(example + "-home", story);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "visitor-counter, monthly",
    "pilot-light-service, ",
    "aurora-serverless, ",
    "iot-frugal, ",
    "iot-multi-region, "
  })
  void recordsADrill(String example, @Nullable String name) throws IOException {
    assumeTrue(!VERSION.isEmpty(), "nothing is to be recorded");
    String text = Files.readString(Path.of("../examples", example + ".yaml"));
    Plan plan = PlanReader.admitted(PlanReader.tree(text));
    String drill =
        plan.drills().stream()
            .filter(each -> name == null ? !each.check() : each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .name();
    try (Story story = Story.drill(text, drill, Script.SMOOTH)) {
      story.pass(Duration.ofDays(1));
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
      writeAll(example + "-drill-" + drill, story);
    }
  }

  /** Whoever may be asked for. */
  private static List<String> people(String plan) {
    List<String> names = new ArrayList<>(List.of("bert", "carla"));
    PlanReader.tree(plan)
        .findValues("approvers")
        .forEach(all -> all.forEach(name -> names.add(name.asText())));
    return names.stream().distinct().toList();
  }

  private static void agree(Story story, List<String> people) {
    RunState state = story.status();
    for (Gate gate : state.gates().stream().filter(Gate::open).toList()) {
      List<String> failing = state.failing(step -> true).stream().map(Finding::name).toList();
      for (String name : people) {
        story.tell(new Decision.Approve(gate.id(), null, false, failing, "go", name, state.run()));
      }
    }
  }

  private static Script failing(String step) {
    return Script.SMOOTH.failing(step, new Failing(1, FailureClass.ACCESS, Verb.OBSERVE));
  }

  /** Approved by all who must agree, and left alone for hours but for what is to be done. */
  private static Story approved(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(2));
    JsonNode gate = PlanReader.tree(plan).at("/failover/0/with");
    List<String> people = new ArrayList<>();
    gate.path("approvers").forEach(name -> people.add(name.asText()));
    people.addAll(List.of("anna", "bert", "carla"));
    people.stream()
        .limit(Math.max(1, gate.path("quorum").asInt()))
        .forEach(
            name -> story.tell(new Decision.Approve(null, true, "go", name, story.status().run())));
    passDoingTasks(story, 8);
    return story;
  }

  /** Time passes, and what people are asked to do is done within the hour. */
  private static void passDoingTasks(Story story, int hours) {
    for (int hour = 0; hour < hours; hour++) {
      story.pass(Duration.ofHours(1));
      for (Task task : story.status().tasks()) {
        String proof = task.proof() == Proof.NONE ? null : "https://example.com/" + task.id();
        story.tell(new Decision.Done(task.id(), Map.of(), proof, "as asked", "anna", null));
      }
    }
  }

  private static void write(String name, Story story) throws IOException {
    write(name + "-" + VERSION, story.history());
    if (!story.servingHistory().getEvents().equals(story.events())) {
      write(name + "-serving-" + VERSION, story.servingHistory());
    }
  }

  private static void writeAll(String name, Story story) throws IOException {
    int number = 0;
    for (WorkflowExecutionHistory history : story.histories()) {
      write(name + "-" + VERSION + (number == 0 ? "" : "_" + number), history);
      number++;
    }
  }

  private static void write(String name, WorkflowExecutionHistory history) throws IOException {
    Path file = Files.createDirectories(FOLDER).resolve(name + ".json.gz");
    assertThat(file).as("a recorded history is never made anew").doesNotExist();
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(history.toJson(false).getBytes(StandardCharsets.UTF_8));
    }
  }
}
