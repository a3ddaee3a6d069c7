package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static io.rekindle.starter.CommandFixture.runOnTerminal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String MISSPELT =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?" }
        - id: smoke
          uses: verify.http
          with: { ulr: "https://shop.example.com" }
      """;

  @TempDir Path folder;

  private Path plan(String text) throws IOException {
    return Files.writeString(folder.resolve("shop.yaml"), text);
  }

  @Test
  void saysThatTheFiveExamplesAreGood() throws IOException {
    CommandFixture validated = run(withExamples("validate")).exits(ExitCode.DONE);

    assertThat(validated.out()).endsWith("5 plans are good.\n");
    assertThat(validated.err()).isEmpty();
  }

  private static String[] withExamples(String command) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
      Stream<String> plans =
          files.map(Path::toString).filter(name -> name.endsWith(".yaml")).sorted();
      return Stream.concat(Stream.of(command), plans).toArray(String[]::new);
    }
  }

  @Test
  void namesPlaceAndNearestWordOfAMistake() throws IOException {
    Path plan = plan(MISSPELT);

    assertThat(run("validate", plan.toString()).exits(ExitCode.BAD_INPUT).out())
        .isEqualTo(
            """
            %s:9:13: unknown key 'ulr', in failover.smoke.with; did you mean 'url'?
            1 problem in 1 of 1 plan.
            """
                .formatted(plan));
  }

  @Test
  void showsTheLineWithACaretOnATerminal() throws IOException {
    assertThat(runOnTerminal("validate", plan(MISSPELT).toString()).out())
        .contains(
            """
                 9 |     with: { ulr: "https://shop.example.com" }
                                 ^
            """);
  }

  @Test
  void coloursOnlyOnATerminal() throws IOException {
    String plan = plan(MISSPELT).toString();

    assertThat(run(Map.of("REKINDLE_TERMINAL", "100"), "validate", plan).out()).contains("\u001b[");
    assertThat(run("validate", plan).out()).doesNotContain("\u001b[");
    assertThat(runOnTerminal("validate", plan).out()).doesNotContain("\u001b[");
  }

  @Test
  void tellsScriptsTheSameInJson() throws IOException {
    Path plan = plan(MISSPELT);

    JsonNode problem =
        run("validate", "--output", "json", plan.toString())
            .exits(ExitCode.BAD_INPUT)
            .json()
            .at("/plans/0/problems/0");

    assertThat(problem.path("line").asInt()).isEqualTo(9);
    assertThat(problem.path("column").asInt()).isEqualTo(13);
    assertThat(problem.path("where").asText()).isEqualTo("failover.smoke.with");
    assertThat(problem.path("nearest").asText()).isEqualTo("url");
    assertThat(problem.path("message").asText()).startsWith(plan + ":9:13: unknown key");
  }

  @Test
  void goesOnAfterABadFile() throws IOException {
    String missing = folder.resolve("missing.yaml").toString();

    CommandFixture validated =
        run("validate", missing, ROOT.resolve("examples/visitor-counter.yaml").toString());

    assertThat(validated.exits(ExitCode.BAD_INPUT).out())
        .contains("missing.yaml:1:1: there is no such file")
        .contains("good: visitor-counter")
        .endsWith("1 problem in 1 of 2 plans.\n");
  }

  @Test
  void readsTwoHundredPlansInOneCallWithinThreeSeconds() throws IOException {
    String text = Files.readString(ROOT.resolve("examples/visitor-counter.yaml"));
    List<String> plans =
        IntStream.range(0, 200)
            .mapToObj(i -> folder.resolve("plan" + i + ".yaml").toString())
            .toList();
    for (String plan : plans) {
      Files.writeString(Path.of(plan), text);
    }

    long start = CommandFixture.work();
    run(Stream.concat(Stream.of("validate"), plans.stream()).toArray(String[]::new))
        .exits(ExitCode.DONE);

    assertThat((CommandFixture.work() - start) / 1_000_000).isLessThan(3_000);
  }

  @Test
  void refusesToBeCalledWithoutAPlan() {
    assertThat(run("validate").exits(ExitCode.BAD_INPUT).err()).contains("PLAN");
  }
}
