package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.rehearse.Script;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills are repeated by a real Temporal server. */
class RealScheduleIT {
  private static final String STEPS =
      """
      application: APPLICATION
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
        - id: long
          uses: ecs.scaleService
          with: { cluster: shop, service: slow, desired: 2 }
        - id: denied
          uses: ecs.scaleService
          needs: [approve]
          with: { cluster: shop, service: denied, desired: 2 }
      drills:
      """;
  private static final Script SCRIPT =
      Script.SMOOTH.slower("service", 0.0001).slower("long", 2).failing("denied", Script.FOR_GOOD);

  /** A minute until the first firing, a minute until the second, and something for the machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @TempDir private static Path folder;

  private static FileTemporal temporal;
  private static FactsWorker worker;

  @BeforeAll
  static void start() {
    temporal = FileTemporal.in(folder.resolve("server"));
    worker = new FactsWorker(temporal.address(), SCRIPT);
  }

  @AfterAll
  static void stop() {
    worker.close();
    temporal.close();
  }

  private static CommandFixture rekindle(String... words) {
    return CommandFixture.run(
        Stream.concat(Stream.of(words), Stream.of("--address", temporal.address()))
            .toArray(String[]::new));
  }

  private static String plan(String application, String... drills) throws IOException {
    Path file = folder.resolve(application + ".yaml");
    return Files.writeString(
            file,
            STEPS.replace("APPLICATION", application)
                + String.join("", Stream.of(drills).map(each -> "  - " + each + "\n").toList()))
        .toString();
  }

  private static String list(String application) {
    return rekindle("drill", "list", application).exits(ExitCode.DONE).out();
  }

  private static JsonNode drill(String application) {
    return rekindle("drill", "list", application, "--output", "json").json().path(0);
  }

  /** What is listed may be a moment behind. */
  private static String awaitList(String application, Predicate<String> condition) {
    Instant end = Instant.now().plus(PATIENCE);
    String said = list(application);
    while (!condition.test(said)) {
      assertThat(Instant.now()).as(said).isBefore(end);
      Child.sleep();
      said = list(application);
    }
    return said;
  }

  private static String temporal(String command) throws Exception {
    StockTools.Said said = new StockTools(temporal, folder).type("temporal " + command);
    assertThat(said.exitCode()).as("%s%n%s", command, said.out()).isZero();
    return said.out();
  }

  @Test
  void aCronOfAMinuteFiresAndFiringsThatMeetAnOpenDrillAreSkipped() throws Exception {
    String minute = "{ name: each-minute, cron: \"* * * * *\", steps: [STEP] }";
    for (String step : List.of("service", "long", "denied")) {
      String plan = plan("shop-" + step, minute.replace("STEP", step));
      rekindle("drill", "schedule", plan).exits(ExitCode.DONE);
    }

    awaitList("shop-service", like("each-minute .* DRILLED \\d+ \\w+ ago, "));
    rekindle("drill", "watch", "shop-service", "each-minute").exits(ExitCode.DONE);
    String failed =
        awaitList("shop-denied", like("each-minute .* paused +DRILL_FAILED .*; no success yet, "));
    assertThat(failed)
        .as("a failure pauses")
        .contains("paused: paused due to workflow failure: drill/shop-denied/each-minute-20");

    awaitList("shop-long", like("\\d+ times? skipped: the one before was still running"));
    assertThat(list("shop-long"))
        .containsPattern("each-minute .* running for .*; no success yet, .* late");
    assertThat(drill("shop-long").at("/last/workflow").asText())
        .as("the id of a scheduled drill")
        .startsWith("drill/shop-long/each-minute-20");

    rekindle("failover", folder.resolve("shop-long.yaml").toString(), "--yes").exits(ExitCode.DONE);
    awaitList("shop-long", like("each-minute .* GAVE_WAY .*; no success yet, .* late"));
  }

  private static Predicate<String> like(String pattern) {
    return Pattern.compile(pattern).asPredicate();
  }

  @Test
  void aScheduleMadeTwiceIsOneAndAChangedPlanChangesIt() throws Exception {
    String yearly = "{ name: yearly, cron: \"0 3 1 1 *\", steps: [service] }";
    String monthly = "{ name: monthly, cron: \"0 3 1 * *\", steps: [service] }";
    String plan = plan("books", yearly, monthly);
    assertThat(rekindle("drill", "schedule", plan, "--by", "anna").exits(ExitCode.DONE).out())
        .isEqualTo(
            """
            books: the schedule of 'yearly' is created (0 3 1 1 * UTC)
            books: the schedule of 'monthly' is created (0 3 1 * * UTC)
            """);
    assertThat(rekindle("drill", "schedule", plan).exits(ExitCode.DONE).out())
        .isEqualTo(
            """
            books: the schedule of 'yearly' is unchanged (0 3 1 1 * UTC)
            books: the schedule of 'monthly' is unchanged (0 3 1 * * UTC)
            """);
    assertThat(awaitList("books", said -> said.contains("monthly") && said.contains("yearly")))
        .containsPattern(
            "yearly +0 3 1 1 \\* UTC .*-01-01T03:0[0-5]:\\d\\dZ +not run yet, on time");
    assertThat(temporal("schedule describe --schedule-id drill/books/yearly"))
        .contains("by anna with rekindle drill schedule");

    temporal(
        "schedule toggle --schedule-id drill/books/yearly --pause --reason 'the role is mended'");
    plan("books", yearly.replace("0 3 1 1 *", "0 4 1 1 *"), monthly);
    assertThat(rekindle("drill", "schedule", plan).exits(ExitCode.DONE).out())
        .contains(
            "books: the schedule of 'yearly' is updated (0 4 1 1 * UTC); it stays paused: the role"
                + " is mended\n");
    assertThat(list("books"))
        .containsPattern("yearly +0 4 1 1 \\* UTC +paused +not run yet")
        .contains("paused: the role is mended");

    plan("books", yearly.replace("0 3 1 1 *", "0 4 1 1 *"));
    assertThat(rekindle("drill", "schedule", plan).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "books: the plan no longer has monthly, whose schedules stay. Answer yes, or use --yes,"
                + " to remove them.\n");
    assertThat(rekindle("drill", "schedule", plan, "--yes").exits(ExitCode.DONE).out())
        .isEqualTo(
            """
            books: the schedule of 'yearly' is unchanged (0 4 1 1 * UTC); it stays paused: the role is mended
            books: the schedule of 'monthly' is removed
            """);

    awaitList("books", said -> !said.contains("monthly"));
    assertThat(rekindle("drill", "unschedule", "books").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("Not removed. Answer yes, or use --yes.\n");
    assertThat(
            rekindle("drill", "unschedule", "books", "--name", "yearlie")
                .exits(ExitCode.BAD_INPUT)
                .err())
        .isEqualTo(
            "The drill 'yearlie' of books is not scheduled; yearly is. Did you mean 'yearly'?\n");
    rekindle("drill", "unschedule", "books", "--yes").exits(ExitCode.DONE);
    awaitList("books", said -> said.startsWith("No drill is scheduled"));
  }

  /** A quarterly drill is older than what most servers keep. */
  @Tag("sweep")
  @Test
  void aSuccessThatTheServerHasForgottenCounts() throws Exception {
    String plan = plan("old", "{ name: quarterly, cron: \"0 3 1 1,4,7,10 *\", steps: [service] }");
    rekindle("drill", "schedule", plan).exits(ExitCode.DONE);
    temporal("schedule trigger --schedule-id drill/old/quarterly");
    awaitList("old", said -> said.contains("DRILLED"));

    String workflow = drill("old").at("/last/workflow").asText();
    temporal("workflow delete --workflow-id " + workflow);

    assertThat(awaitList("old", said -> said.contains("remembers")))
        .containsPattern("quarterly .* last success \\d+ seconds? ago, on time")
        .contains("of its last success the server remembers no more than that it completed");
  }

  /** In the order of the guide. */
  @Test
  void theStockToolsDoTheSame() throws Exception {
    Path example = Program.home().resolve("examples/visitor-counter.yaml");
    Path input = folder.resolve("weekly-restore.json");
    String printed =
        CommandFixture.run(
                "request",
                example.toString(),
                "--drill",
                "weekly-restore",
                "--input-file",
                input.toString())
            .exits(ExitCode.DONE)
            .out();
    List<String> guide =
        StockTools.guide().stream().filter(each -> each.startsWith("temporal schedule ")).toList();
    assertThat(guide)
        .extracting(each -> each.split(" ", -1)[2])
        .containsExactly(
            "create", "list", "describe", "toggle", "toggle", "trigger", "update", "delete");
    for (String command : guide) {
      temporal(command.substring("temporal ".length()));
    }

    temporal(StockTools.commands(printed).getLast().substring("temporal ".length()));
    assertThat(rekindle("drill", "schedule", example.toString()).exits(ExitCode.DONE).out())
        .as("it is the same")
        .contains("the schedule of 'weekly-restore' is unchanged (0 3 * * SUN UTC)")
        .contains("the schedule of 'quarterly' is created (0 5 15 1,4,7,10 * America/New_York)");
  }
}
