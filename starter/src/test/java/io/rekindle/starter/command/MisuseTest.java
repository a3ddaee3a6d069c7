package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisuseTest {
  private static void isRefused(String line, String sentence) {
    CommandFixture refused = run(line.split(" ", -1)).exits(ExitCode.BAD_INPUT);
    assertThat(refused.err()).isEqualTo(sentence + "\n");
    assertThat(refused.out()).isEmpty();
  }

  @Nested
  class AWordThatIsNoCommand {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "nosuch",
          "nosuch --help",
          "nosuch -h",
          "nosuch --version",
          "--help nosuch",
          "nosuch validate",
          "nosuch --by me",
          "help nosuch"
        })
    void isNamedAndNothingElseIsPrinted(String line) {
      isRefused(line, "There is no command 'nosuch'. 'rekindle --help' lists them all.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validat", "validat --help", "help validat"})
    void isToldWithTheNearestOne(String line) {
      isRefused(
          line,
          "There is no command 'validat'. Did you mean 'validate'? 'rekindle --help' lists them"
              + " all.");
    }
  }

  @Nested
  class AnUnknownOption {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "validate --outptu json plan.yaml",
          "validate --outptu=json plan.yaml",
          "validate --outptu --help",
          "validate --help --outptu"
        })
    void isToldWithTheNearestOneAlsoBesideHelp(String line) {
      isRefused(
          line,
          "'rekindle validate' has no option '--outptu'. Did you mean '--output'?"
              + " 'rekindle validate --help' lists them all.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--versio", "--versio --help", "--versio validate"})
    void ofNoCommandIsToldToo(String line) {
      isRefused(
          line,
          "'rekindle' has no option '--versio'. Did you mean '--version'?"
              + " 'rekindle --help' lists them all.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kinds verify rds", "kinds verify rds --help"})
  void aWordTooManyIsNamed(String line) {
    isRefused(line, "'rekindle kinds' takes no 'rds' there. See 'rekindle kinds --help'.");
  }

  @Test
  void aMissingWordIsNamed() {
    isRefused("status", "Missing required parameter: 'APP'. See 'rekindle status --help'.");
    isRefused("--", "Missing required subcommand. See 'rekindle --help'.");
  }

  @Test
  void helpIsGivenForWhatExists() {
    assertThat(run("--help").exits(ExitCode.DONE).out())
        .startsWith("Usage: rekindle [-hV] [COMMAND]")
        .contains("validate", "generate-completion")
        .isEqualTo(run("help").exits(ExitCode.DONE).out());
    assertThat(run("validate", "--help").exits(ExitCode.DONE).out())
        .startsWith("Usage: rekindle validate")
        .isEqualTo(run("help", "validate").exits(ExitCode.DONE).out());
    assertThat(run("--version").exits(ExitCode.DONE).out()).startsWith("rekindle ");
  }
}
