package io.rekindle.starter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of the stack, whose words go to a file. */
final class Child implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final long END_WITHIN_SECONDS = 3;
  private static final int LAST_WORDS = 5;

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * @param environment what is added to ours; an empty value takes a variable away
   */
  static Child start(
      String name, List<String> command, Map<String, String> environment, StateFolder folder) {
    Path log = folder.log(name);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    adapt(builder.environment(), environment);
    try {
      Child child = new Child(name, builder.start(), log);
      child.rememberIn(folder);
      return child;
    } catch (IOException failed) {
      throw new StackFailure("The " + name + " did not start: " + failed.getMessage());
    }
  }

  /** Adds to an environment; an empty value takes a variable away. */
  static void adapt(Map<String, String> ours, Map<String, String> changes) {
    changes.forEach((variable, value) -> {
      if (value.isEmpty()) {
        ours.remove(variable);
      } else {
        ours.put(variable, value);
      }
    });
  }

  private void rememberIn(StateFolder folder) {
    try {
      folder.remember(process.toHandle());
    } catch (RuntimeException failed) {
      kill();
      throw failed;
    }
  }

  /** What it said after this word, at the beginning of a line. */
  String await(String word, Duration patience) {
    await(() -> said(word).isPresent(), patience);
    return said(word).orElseThrow();
  }

  /** Returns when it is true, and throws when it will not be. */
  void await(BooleanSupplier ready, Duration patience) {
    Instant end = Instant.now().plus(patience);
    while (true) {
      boolean alive = process.isAlive();
      if (ready.getAsBoolean()) {
        return;
      }
      if (!alive) {
        throw new StackFailure("The " + name + " ended as soon as it began: " + lastWords());
      }
      if (Instant.now().isAfter(end)) {
        throw new StackFailure(
            "The %s was not ready within %ds: %s"
                .formatted(name, patience.toSeconds(), lastWords()));
      }
      sleep();
    }
  }

  private Optional<String> said(String word) {
    return lines().stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).strip())
        .findFirst();
  }

  private List<String> lines() {
    try {
      // What is not yet whole is not yet said.
      String text = Files.readString(log, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String lastWords() {
    List<String> lines = lines();
    String last =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    return last.isEmpty() ? "its log, " + log + ", is empty." : last + ". Its log is " + log + ".";
  }

  static void sleep() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does, and what it has started dies with it. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      kill();
    }
  }
}
