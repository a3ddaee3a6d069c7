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
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
  private static final String PLAN = ROOT.resolve("examples/visitor-counter.yaml").toString();

  private static JsonNode forecast(String... options) {
    return run(Stream.concat(Stream.of("forecast", PLAN, "--output", "json"), Stream.of(options))
            .toArray(String[]::new))
        .exits(ExitCode.DONE)
        .json();
  }

  @Test
  void givesTheSameNumbersForTheSameSeed() {
    assertThat(forecast("--seed", "7")).isEqualTo(forecast("--seed", "7"));
    assertThat(forecast("--seed", "7")).isNotEqualTo(forecast("--seed", "8"));
  }

  @Test
  void ordersThePercentilesAndNamesTheChanceToMeetTheObjective() {
    JsonNode forecast = forecast();

    assertThat(forecast.path("p50").asLong())
        .isPositive()
        .isLessThan(forecast.path("p90").asLong());
    assertThat(forecast.path("p90").asLong()).isLessThan(forecast.path("p99").asLong());
    assertThat(forecast.path("objective").asLong()).isEqualTo(1800);
    assertThat(forecast.path("chance").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void makesASlowStepSlower() {
    long usual = forecast().path("p50").asLong();

    assertThat(forecast("--slow", "database=x3").path("p50").asLong()).isGreaterThan(usual + 1200);
  }

  @Test
  void leavesAStepOut() {
    assertThat(forecast("--without", "database").path("steps").findValuesAsText("id"))
        .doesNotContain("database");
    assertThat(forecast("--without", "database").path("p50").asLong())
        .isLessThan(forecast().path("p50").asLong());
  }

  @Test
  void samplesTenThousandTimesWithinTwoSeconds() {
    forecast();
    long start = CommandFixture.work();
    forecast("--samples", "10000");

    assertThat((CommandFixture.work() - start) / 1_000_000).isLessThan(2_000);
  }

  @Test
  void forecastsTheWayBackToo() {
    assertThat(forecast("--section", "failback").path("steps").size()).isGreaterThan(5);
  }

  @Test
  void drawsTheTimelineAndSaysWhatRestsOnEstimates() {
    assertThat(run("forecast", PLAN).exits(ExitCode.DONE).out())
        .contains("Recovery time  P50 ")
        .contains("Objective      30m is met in ")
        .contains("database")
        .contains("█")
        .containsPattern("\\d+ % of the critical path rests on estimates");
  }

  @Test
  void refusesUnknownStepsParametersAndFactorsWithTheNearestWord() {
    assertThat(run("forecast", PLAN, "--without", "databse").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--without: there is no step 'databse'. Did you mean 'database'?\n");
    assertThat(run("forecast", PLAN, "--set", "desird=3").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--set: there is no parameter 'desird'; did you mean 'desired'?\n");
    assertThat(run("forecast", PLAN, "--set", "desired=many").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--set desired: expected a value of type integer, found 'many'\n");
    assertThat(run("forecast", PLAN, "--mode", "drill").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--mode: use outage or planned; a drill is started as a drill\n");
    assertThat(run("forecast", PLAN, "--slow", "database=2").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--slow database: '2' is not a factor such as x3 or x1.5.\n");
  }

  @Test
  void aWaitIsNeverSlowAndLastsAsLongAsItsParameterSays(@TempDir Path folder) throws IOException {
    Path plan = folder.resolve("plan.yaml");
    Files.writeString(
        plan,
        """
        application: shop
        regions: { primary: us-east-1, recovery: us-west-2 }
        parameters: { pause: { type: string, default: 1m } }
        failover:
          - { id: approve, uses: approval, with: { question: "Fail over?" } }
          - { id: pause, uses: wait, with: { for: "${param.pause}" } }
          - id: service
            uses: ecs.scaleService
            with: { cluster: shop, service: web, desired: 2 }
        """);

    assertThat(
            run("forecast", plan.toString(), "--slow", "pause=x2").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--slow pause: a wait always lasts as long as the plan says; leave this out.\n");
    long shorter = run("forecast", plan.toString(), "--output", "json").json().path("p50").asLong();
    long longer =
        run("forecast", plan.toString(), "--set", "pause=2h", "--output", "json")
            .json()
            .path("p50")
            .asLong();
    assertThat(longer - shorter).isEqualTo(Duration.ofMinutes(119).toSeconds());
  }

  @Test
  void showsTheProblemsOfABrokenPlanInstead() {
    String step = ROOT.resolve("examples/steps/wait.yaml").toString();

    assertThat(run("forecast", step).exits(ExitCode.BAD_INPUT).err())
        .contains("missing 'failover'");
  }
}
