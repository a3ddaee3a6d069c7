package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Trees;
import io.rekindle.starter.ExitCode;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestCommandTest {
  private static final Path FILE = ROOT.resolve("examples/visitor-counter.yaml");
  private static final String PLAN = FILE.toString();
  private static final String POINT =
      "arn:aws:rds:us-west-2:123456789012:snapshot:lampstack-db-2026-11-20";

  /** Everything that can be asked for, with letters that a shell would like to eat. */
  private static final String[] EVERYTHING = {
    "--mode", "planned",
    "--to", "us-west-2",
    "--set", "desired=3",
    "--without", "credentials",
    "--give", "credentials.secret=it's \"secret\" $HOME `id`",
    "--before", "2026-11-21T03:00:00Z",
    "--point", "database=" + POINT,
    "--incident", "INC-7",
    "--impact-at", "2026-11-21T02:41:00Z",
    "--reason", "it's gone; don't wait & see"
  };

  @TempDir Path folder;

  private static String[] request(String... options) {
    return Stream.concat(Stream.of("request", PLAN), Stream.of(options)).toArray(String[]::new);
  }

  private static String refused(String... options) {
    return run(request(options)).exits(ExitCode.BAD_INPUT).err();
  }

  private static String line(String out) {
    return out.lines().filter(each -> each.startsWith("temporal ")).findFirst().orElseThrow();
  }

  /** As the worker reads it. */
  private static FailoverRequest read(String json) {
    return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build(),
        FailoverRequest.class,
        FailoverRequest.class);
  }

  /** Read again, because text knows one kind of whole numbers only. */
  private static JsonNode plan() throws IOException {
    return new ObjectMapper()
        .readTree(Trees.json(PlanReader.read(FILE).plan().orElseThrow().source()).toString());
  }

  @Test
  void printsACommandThatStartsExactlyWhatWasAskedFor() throws IOException, InterruptedException {
    String out = run(request(EVERYTHING)).exits(ExitCode.DONE).out();

    List<String> words = new Shell(folder).temporal(line(out));

    assertThat(words).startsWith("workflow", "start").contains("--fail-existing");
    assertThat(Shell.after("--type", words)).isEqualTo("Failover");
    assertThat(Shell.after("--task-queue", words)).isEqualTo("rekindle");
    assertThat(Shell.after("--workflow-id", words)).isEqualTo("failover/visitor-counter");
    assertThat(Shell.after("--static-summary", words)).isEqualTo("Fail visitor-counter over");
    assertThat(read(Shell.after("--input", words)))
        .isEqualTo(
            new FailoverRequest(
                plan(),
                Mode.PLANNED,
                "it's gone; don't wait & see",
                "us-west-2",
                Map.of("desired", "3"),
                List.of("credentials"),
                Map.of("credentials", Map.of("secret", "it's \"secret\" $HOME `id`")),
                Map.of("database", POINT),
                Instant.parse("2026-11-21T03:00:00Z"),
                "INC-7",
                Instant.parse("2026-11-21T02:41:00Z"),
                null,
                false));
  }

  @Test
  void printsACommandThatSchedulesADrill() throws IOException, InterruptedException {
    String out = run(request("--drill", "monthly")).exits(ExitCode.DONE).out();

    List<String> words = new Shell(folder).temporal(line(out));

    assertThat(words).startsWith("schedule", "create").contains("--pause-on-failure");
    assertThat(Shell.after("--schedule-id", words)).isEqualTo("drill/visitor-counter/monthly");
    assertThat(Shell.after("--workflow-id", words)).isEqualTo("drill/visitor-counter/monthly");
    assertThat(Shell.after("--cron", words)).isEqualTo("0 5 1 * * # 0 5 1 * *");
    assertThat(Shell.after("--time-zone", words)).isEqualTo("America/New_York");
    assertThat(Shell.after("--jitter", words)).isEqualTo("300s");
    assertThat(Shell.after("--catchup-window", words)).isEqualTo("10m");
    assertThat(Shell.after("--overlap-policy", words)).isEqualTo("Skip");
    assertThat(Shell.after("--type", words)).isEqualTo("Drill");
    assertThat(Shell.after("--task-queue", words)).isEqualTo("rekindle-drills");
    JsonNode input = new ObjectMapper().readTree(Shell.after("--input", words));
    assertThat(input.path("drill").asText()).isEqualTo("monthly");
    assertThat(input.path("plan")).isEqualTo(plan());
  }

  @Test
  void aDrillTakesNoOptionOfAFailover() {
    assertThat(refused("--drill", "monthly", "--set", "desired=3"))
        .isEqualTo("--drill: the plan says all of a drill; leave the other options out.\n");
    assertThat(refused("--drill", "montly"))
        .startsWith("There is no drill 'montly', did you mean 'monthly'?");
  }

  @Test
  void givesScriptsTheSameRequestTwice() {
    JsonNode json = run(request("--output", "json")).exits(ExitCode.DONE).json();
    JsonNode command = json.path("command");

    assertThat(command.get(command.size() - 1).asText()).isEqualTo(json.path("request").toString());
  }

  @Test
  void writesALongRequestToAFileAndNeverAnUnusableCommand() throws IOException {
    Path plan = folder.resolve("long.yaml");
    Files.writeString(
        plan, Files.readString(FILE).replace("owner: ", "owner: " + "x".repeat(120_000)));
    Path input = folder.resolve("request.json");

    assertThat(run("request", plan.toString()).exits(ExitCode.BAD_INPUT).err())
        .contains("too long for a command line")
        .contains("--input-file FILE");
    String line =
        line(
            run("request", plan.toString(), "--input-file", input.toString())
                .exits(ExitCode.DONE)
                .out());
    assertThat(line).endsWith(" --input-file " + input);
    assertThat(read(Files.readString(input)).plan().path("owner").asText()).hasSize(120_013);
  }

  @Test
  void saysInOneSentenceWhatDoesNotFit() {
    assertThat(refused("--without", "dsn"))
        .isEqualTo("--without: there is no step 'dsn'; did you mean 'dns'?\n");
    assertThat(refused("--without", "approve"))
        .isEqualTo("--without approve: an approval cannot be left out\n");
    assertThat(refused("--without", "credentials"))
        .isEqualTo(
            "--without credentials: later steps need its outputs; add --give"
                + " credentials.secret=VALUE\n");
    assertThat(refused("--give", "database.instance=db"))
        .isEqualTo("--give database: only steps named by --without take it\n");
    assertThat(refused("--without", "data", "--give", "data.rows=1"))
        .startsWith("--give: step 'data' has no output 'rows'; it has ");
    assertThat(refused("--give", "database=db"))
        .isEqualTo(
            "--give database: write STEP.OUTPUT=VALUE, such as database.endpoint=10.0.0.7.\n");
    assertThat(refused("--before", "yesterday"))
        .isEqualTo("--before: 'yesterday' is not a time such as 2026-11-21T03:00:00Z.\n");
    assertThat(refused("--impact-at", "02:41"))
        .isEqualTo("--impact-at: '02:41' is not a time such as 2026-11-21T03:00:00Z.\n");
    assertThat(refused("--to", "us-west-1"))
        .isEqualTo("--to: there is no recovery Region 'us-west-1'; did you mean 'us-west-2'?\n");
    assertThat(refused("--point", "databse=" + POINT))
        .isEqualTo(
            "--point: there is no step that restores data 'databse'; did you mean 'database'?\n");
    assertThat(refused("--mode", "drill"))
        .isEqualTo("--mode: use outage or planned; a drill is started as a drill\n");
  }

  @Test
  void saysEverythingThatDoesNotFitAtOnce() {
    assertThat(refused("--set", "desird=3", "--set", "desired=many", "--to", "mars-1"))
        .isEqualTo(
            """
            --to: there is no recovery Region 'mars-1'
            --set: there is no parameter 'desird'; did you mean 'desired'?
            --set desired: expected a value of type integer, found 'many'
            """);
  }

  @Test
  void asksForAParameterThatHasNoDefault() throws IOException {
    Path plan = folder.resolve("asking.yaml");
    Files.writeString(
        plan,
        """
        application: asking
        regions: { primary: us-east-2, recovery: us-west-2 }
        parameters:
          desired: { type: integer, description: "Tasks to run" }
        failover:
          - id: approve
            uses: approval
            with: { question: "Fail over?" }
          - id: service
            uses: ecs.scaleService
            with: { cluster: web, service: web, desired: "${param.desired}" }
        """);

    assertThat(run("request", plan.toString()).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--set: the parameter 'desired' has no default; give it a value\n");
    run("request", plan.toString(), "--set", "desired=2").exits(ExitCode.DONE);
  }
}
