package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.ROOT;
import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.starter.ExitCode;
import org.junit.jupiter.api.Test;

class RequestCommandTest {
  private static final String PLAN = ROOT.resolve("examples/visitor-counter.yaml").toString();

  @Test
  void printsTheWholeCommandThatStartsTheRun() {
    assertThat(run("request", PLAN, "--mode", "planned").exits(ExitCode.DONE).out())
        .contains("\"mode\" : \"PLANNED\"")
        .contains(
            "temporal workflow start --type Failover --task-queue rekindle"
                + " --workflow-id failover/visitor-counter ")
        .contains(" --fail-existing --input '{\"plan\":{\"application\":\"visitor-counter\"");
  }

  @Test
  void givesScriptsTheSameRequestTwice() {
    JsonNode json = run("request", PLAN, "--output", "json").exits(ExitCode.DONE).json();
    JsonNode command = json.path("command");

    assertThat(command.get(command.size() - 1).asText()).isEqualTo(json.path("request").toString());
  }

  @Test
  void refusesUnknownSteps() {
    assertThat(run("request", PLAN, "--without", "dsn").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("--without: there is no step 'dsn'. Did you mean 'dns'?\n");
  }
}
