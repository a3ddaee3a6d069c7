package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
  void blocksAndSaysWhatAPersonCouldDoWhenAStepFailsForGood() {
    assertThat(rehearse("--fail", "database").exits(ExitCode.WAITING).out())
        .contains("\nBLOCKED\n")
        .contains("step 'database' is blocked: ")
        .contains("rekindle retry visitor-counter database")
        .doesNotContain("RECOVERED");
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
        .contains("rekindle approve visitor-counter --gate approve");
  }

  @Test
  void asksBeforeTrafficWhenTheDeadSideIsNotFencedUnlessThatWasAccepted() {
    assertThat(rehearse("--dark", "primary").exits(ExitCode.WAITING).out())
        .contains("was not achieved");
    assertThat(rehearse("--dark", "primary", "--accept-unfenced").exits(ExitCode.DONE).out())
        .endsWith("\nRECOVERED\n");
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
        .isEqualTo("--fail database: 'often' is no number of failures such as 2.\n");
    assertThat(rehearse("--without", "dns", "--slow", "dns=x2").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--slow: step 'dns' takes no part in this run.\n");
    assertThat(rehearse("--report", "report.pdf").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--report takes a file that ends in .md, .html or .json: report.pdf\n");
  }

  @Test
  void writesAPageThatNeedsNothingElse(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("report.html");
    rehearse("--report", page.toString()).exits(ExitCode.DONE);

    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("<svg ", "prefers-color-scheme: dark", "@media print", "RECOVERED")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void writesMarkdownWithARowForEachStep(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.md");
    rehearse("--report", file.toString()).exits(ExitCode.DONE);

    assertThat(Files.readString(file)).contains("**RECOVERED**", "| database | ", "| public | ");
  }
}
