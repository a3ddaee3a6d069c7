package io.rekindle.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs the real command line in this process and keeps what it printed. */
public record CommandFixture(int exitCode, String out, String err) {
  /** The root of the repository. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  public static CommandFixture run(String... args) {
    return run(Map.of(), args);
  }

  /** Runs it as if a person looked at a terminal of 100 columns. */
  public static CommandFixture runOnTerminal(String... args) {
    return run(Map.of("REKINDLE_TERMINAL", "100", "NO_COLOR", "1"), args);
  }

  /** The same, and the person types this. */
  public static CommandFixture runTyping(String typed, String... args) {
    return run(Map.of("REKINDLE_TERMINAL", "100", "NO_COLOR", "1"), typed, args);
  }

  public static CommandFixture run(Map<String, String> environment, String... args) {
    return run(environment, "", args);
  }

  private static CommandFixture run(Map<String, String> environment, String typed, String... args) {
    InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = Main.run(new Console(in, toOut, toErr, environment), toOut, toErr, args);
    return new CommandFixture(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The nanoseconds this thread has worked: the machine may be busy with other things. */
  public static long work() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  public CommandFixture exits(ExitCode code) {
    assertThat(exitCode).as("exit code%nout: %s%nerr: %s", out, err).isEqualTo(code.code());
    return this;
  }

  public JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError("Not JSON: " + out, noJson);
    }
  }
}
