package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static io.rekindle.starter.CommandFixture.runTyping;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.run.Decision;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearseCommandTest {
  private static String example(String name) {
    return ROOT.resolve("examples/" + name + ".yaml").toString();
  }

  private static CommandFixture rehearse(String... options) {
    return run(
        Stream.concat(Stream.of("rehearse", example("visitor-counter")), Stream.of(options))
            .toArray(String[]::new));
  }

  private static JsonNode step(JsonNode rehearsal, String id) {
    for (JsonNode step : rehearsal.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id + " in " + rehearsal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "visitor-counter",
        "pilot-light-service",
        "aurora-serverless",
        "iot-frugal",
        "iot-multi-region"
      })
  void recoversEveryExampleWithoutRepeatingAChange(String name) {
    assertThat(run("rehearse", example(name)).exits(ExitCode.DONE).out())
        .contains("repeated changes: 0\n")
        .endsWith("\nRECOVERED\n");
  }

  @Test
  void showsTheAttemptsOfAStepThatFailsTwice() {
    JsonNode rehearsal =
        rehearse("--fail", "database=2", "--output", "json").exits(ExitCode.DONE).json();

    assertThat(step(rehearsal, "database").path("attempts").asInt()).isEqualTo(3);
    assertThat(rehearsal.path("outcome").asText()).isEqualTo("RECOVERED");
  }

  @Test
  void blocksAndSaysWhatAPersonCouldDoWhenAStepFailsForGood(@TempDir Path folder)
      throws IOException, InterruptedException {
    String out = rehearse("--fail", "database").exits(ExitCode.WAITING).out();

    assertThat(out)
        .contains("\nBLOCKED\n")
        .contains("step 'database' is blocked: ")
        .contains("rekindle retry visitor-counter database")
        .doesNotContain("RECOVERED");
    String signal =
        out.lines().filter(line -> line.contains("--name skip")).findFirst().orElseThrow();
    List<String> words = new Shell(folder).temporal(signal.strip());
    assertThat(words).startsWith("workflow", "signal");
    assertThat(Shell.after("--workflow-id", words)).isEqualTo("failover/visitor-counter");
    assertThat(new ObjectMapper().readValue(Shell.after("--input", words), Decision.Skip.class))
        .isEqualTo(new Decision.Skip("database", Map.of(), "…", "…", null));
  }

  @Test
  void showsWhatIsBlockedAsBlockedAndAsTheEndOfTheCriticalPath(@TempDir Path folder)
      throws IOException {
    Path page = folder.resolve("report.html");

    assertThat(rehearse("--fail", "database", "--report", page.toString()).out())
        .containsPattern("\n  database, blocked \\| *░+\\|\n")
        .containsPattern("\n  fence +\\|█[^░]*\\|\n")
        .contains("\nCritical path  approve > database, which waits for a person\n");
    assertThat(Files.readString(page))
        .contains("<span>database <b class=\"stuck\">blocked</b></span>")
        .containsPattern(
            "<i class=\"stuck\" style=\"[^\"]*\" title=\"[^\"]*: blocked; [^\"]* ACCESS")
        .contains("approve &gt; database, which waits for a person");
  }

  @Test
  void showsAnOpenGateAsTheEndOfTheCriticalPath() {
    assertThat(rehearse("--approve", "ask").out())
        .containsPattern("\n  approve, asking \\| *░+\\|\n")
        .contains("\nCritical path  approve, which waits for a person\n");
  }

  @Test
  void showsWhatIsBlockedBeforeItBegan() {
    assertThat(rehearse("--dark", "primary").out())
        .containsPattern("\n  dns, blocked +\\| *░\\|\n")
        .contains(" > service > smoke > dns, which waits for a person\n");
  }

  @Test
  void endsWithoutAnyChangeWhenItIsDenied() {
    assertThat(rehearse("--approve", "deny").exits(ExitCode.FAILED).out())
        .contains("changes applied: 0\n")
        .contains("\nREJECTED\n")
        .contains("nothing was changed");
  }

  @Test
  void waitsWhereNobodyCanBeAsked() {
    assertThat(rehearse("--approve", "ask").exits(ExitCode.WAITING).out())
        .contains("gate 'approve' is open")
        .contains("rekindle approve visitor-counter --gate approve")
        .contains("temporal workflow signal --workflow-id failover/visitor-counter --name approve");
  }

  @Test
  void asksThePersonAtTheTerminalAndShowsWhatHappensMeanwhile() {
    String out =
        runTyping("yes\nyes\n", "rehearse", example("visitor-counter"), "--approve", "ask")
            .exits(ExitCode.DONE)
            .out();

    assertThat(out).contains(" [yes/no] ").endsWith("\nRECOVERED\n");
    assertThat(out.indexOf("approve asking")).isLessThan(out.indexOf(" [yes/no] "));
    assertThat(out.indexOf(" [yes/no] ")).isLessThan(out.indexOf("database running"));
    assertThat(out.indexOf("database running")).isLessThan(out.indexOf("database done"));
    assertThat(out.indexOf("database done")).isLessThan(out.indexOf("rehearsed, seed 1"));
  }

  @Test
  void endsWhenThePersonSaysNoAndWaitsWhenNothingIsSaid() {
    assertThat(
            runTyping("no\n", "rehearse", example("visitor-counter"), "--approve", "ask")
                .exits(ExitCode.FAILED)
                .out())
        .contains("\nREJECTED\n");
    assertThat(
            runTyping("", "rehearse", example("visitor-counter"), "--approve", "ask")
                .exits(ExitCode.WAITING)
                .out())
        .contains("gate 'approve' is open");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsWhenAStepAbortsTheRunWhileOthersMakeTheirChanges(@TempDir Path folder)
      throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("shop.yaml"),
            """
            application: shop
            regions: { primary: us-east-2, recovery: us-west-2 }
            failover:
              - { id: approve, uses: approval, with: { question: "Go?" } }
              - { id: one, uses: config.publish, needs: [approve], with: { prefix: /one, values: { a: b } } }
              - { id: two, uses: config.publish, needs: [approve], with: { prefix: /two, values: { a: b } } }
              - { id: three, uses: config.publish, needs: [approve], with: { prefix: /three, values: { a: b } } }
              - { id: four, uses: config.publish, needs: [approve], with: { prefix: /four, values: { a: b } } }
              - id: broken
                uses: config.publish
                needs: [approve]
                onFailure: abort
                with: { prefix: /broken, values: { a: b } }
            """);

    assertThat(run("rehearse", plan.toString(), "--fail", "broken").exits(ExitCode.FAILED).out())
        .contains("\nABORTED\nstep 'broken' failed: ")
        .contains("\nCritical path  approve > broken\n");
  }

  @Test
  void asksBeforeTrafficWhenTheDeadSideIsNotFenced() {
    JsonNode waiting =
        rehearse("--dark", "primary", "--output", "json").exits(ExitCode.WAITING).json();

    JsonNode fence = step(waiting, "fence");
    assertThat(fence.path("status").asText()).isEqualTo("gaveUp");
    assertThat(fence.path("note").asText()).contains("did not answer");
    assertThat(fence.path("end").asLong() - fence.path("start").asLong()).isBetween(23L, 26L);
    assertThat(step(waiting, "dns").path("status").asText()).isEqualTo("blocked");
    assertThat(step(waiting, "dns").path("note").asText())
        .startsWith("the fences 'fence' and 'fence-database' were not achieved: ");
    assertThat(step(waiting, "dns").path("changes")).isEmpty();
  }

  @Test
  void goesOnWithoutTheFenceWhenThatWasAccepted() {
    JsonNode done =
        rehearse("--dark", "primary", "--accept-unfenced", "--output", "json")
            .exits(ExitCode.DONE)
            .json();

    assertThat(step(done, "fence").path("status").asText()).isEqualTo("gaveUp");
    assertThat(step(done, "dns").path("changes")).isNotEmpty();
  }

  @Test
  void leavesOutWhatTheModeLeavesOut(@TempDir Path folder) throws IOException {
    Path plan = folder.resolve("modes.yaml");
    Files.writeString(
        plan,
        """
        application: modes
        regions: { primary: us-east-2, recovery: us-west-2 }
        failover:
          - id: approve
            uses: approval
            with: { question: "Fail over?" }
          - id: drain
            uses: ecs.scaleService
            region: primary
            modes: [planned]
            with: { cluster: web, service: web, desired: 0 }
          - id: service
            uses: ecs.scaleService
            with: { cluster: web, service: web, desired: 2 }
        """);

    assertThat(ids(run("rehearse", plan.toString(), "--output", "json")))
        .containsExactly("approve", "service");
    assertThat(ids(run("rehearse", plan.toString(), "--mode", "planned", "--output", "json")))
        .containsExactly("approve", "drain", "service");
  }

  private static List<String> ids(CommandFixture rehearsal) {
    return rehearsal.exits(ExitCode.DONE).json().path("steps").findValuesAsText("id");
  }

  @Test
  void countsMessagesThatWereSentAgain() {
    assertThat(
            run("rehearse", example("iot-frugal"), "--crash-after", "tell")
                .exits(ExitCode.DONE)
                .out())
        .contains("repeated changes: 0\nrepeated messages: 1\n");
    assertThat(rehearse().out()).doesNotContain("repeated messages");
  }

  @Test
  void recoversAfterACrashOfTheWorkerDuringTheRestore() {
    assertThat(rehearse("--crash-after", "database").exits(ExitCode.DONE).out())
        .contains("the worker was killed once")
        .contains("repeated changes: 0\n")
        .endsWith("\nRECOVERED\n");
  }

  @Test
  void takesLongerWithASlowStepAndTheSameTimeWithTheSameSeed() {
    long usual = rehearse("--output", "json").json().path("lasted").asLong();

    assertThat(
            rehearse("--slow", "database=x1.5", "--output", "json").json().path("lasted").asLong())
        .isGreaterThan(usual + 600);
    assertThat(rehearse("--output", "json").json().path("lasted").asLong())
        .isBetween(usual - 30, usual + 30);
  }

  @Test
  void refusesUnknownStepsWithTheNearestWord() {
    assertThat(rehearse("--fail", "databse").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--fail: there is no step 'databse'. Did you mean 'database'?\n");
    assertThat(rehearse("--crash-after", "dsn").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--crash-after: there is no step 'dsn'. Did you mean 'dns'?\n");
    assertThat(rehearse("--fail", "database=often").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--fail database: 'often' is not a number of failures such as 2.\n");
    assertThat(rehearse("--without", "dns", "--slow", "dns=x2").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--slow: step 'dns' is not in this run.\n");
    assertThat(rehearse("--before", "noon").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--before: 'noon' is not a time such as 2026-11-21T03:00:00Z.\n");
    assertThat(rehearse("--report", "report.pdf").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--report takes a file that ends in .md, .html or .json: report.pdf\n");
  }

  @Test
  void writesAPageThatNeedsNothingElse(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("report.html");
    rehearse("--report", page.toString()).exits(ExitCode.DONE);

    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("class=\"track\"", "prefers-color-scheme: dark", "@media print", "RECOVERED")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void writesMarkdownWithARowForEachStep(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.md");
    rehearse("--report", file.toString()).exits(ExitCode.DONE);

    assertThat(Files.readString(file)).contains("**RECOVERED**", "| database | ", "| public | ");
  }

  @Test
  void whatNothingProvesToServeIsUnverifiedAndAFailure(@TempDir Path folder) throws IOException {
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        application: shop
        regions: { primary: us-east-1, recovery: us-west-2 }
        objectives: { rto: 1h }
        failover:
          - { id: approve, uses: approval, with: { question: "Fail over?" } }
          - { id: settings, uses: config.publish, with: { prefix: /shop } }
        """);

    assertThat(run("rehearse", plan.toString()).exits(ExitCode.FAILED).out())
        .contains("RTO      not met: nothing proves that the application serves")
        .endsWith(
            "\nUNVERIFIED\n"
                + "no step that starts what serves, or moves traffic to it, is done\n");
  }

  @Test
  void theRecoveryTimeCountsFromTheImpact() {
    String impact = Instant.now().minus(Duration.ofHours(2)).toString();

    assertThat(rehearse("--impact-at", impact).exits(ExitCode.DONE).out())
        .contains("impact ")
        .containsPattern("RTO +2h\\d+m.* from the impact; the objective of .* is missed by ");
    assertThat(rehearse().out()).contains(" from the start of the run; the objective of ");
    assertThat(rehearse("--impact-at", "2999-01-01T00:00:00Z").exits(ExitCode.BAD_INPUT).err())
        .contains("--impact-at: 2999-01-01T00:00:00Z is still to come");
  }

  @Test
  void peopleWhoAreSlowTakeTheirTime() {
    JsonNode quick = rehearse("--output", "json").json();
    JsonNode slow = rehearse("--slow", "approve=x1", "--output", "json").json();

    assertThat(step(quick, "approve").path("end").asLong()).isLessThan(5);
    assertThat(step(slow, "approve").path("end").asLong()).isGreaterThan(60);
  }
}
