package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.Example;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleOptionTest {
  @Test
  void namesAllThatTheSimulatorKnows() {
    assertThat(ExampleOption.NAMES)
        .containsExactlyElementsOf(
            Stream.of(Example.values()).map(Example::plan).distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulate", "demo"})
  void refusesAnotherNameBeforeAnythingIsStarted(String command) {
    assertThat(CommandFixture.run(command, "--example", "shop").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "There is no example 'shop' to simulate; there are: visitor-counter,"
                + " pilot-light-service.\n");
  }
}
