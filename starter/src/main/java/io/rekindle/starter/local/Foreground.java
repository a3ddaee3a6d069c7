package io.rekindle.starter.local;

import java.io.IOException;
import java.util.List;

/** A program in the place of this one: its words are ours, and so is its end. */
public final class Foreground {
  private Foreground() {}

  /** Gives its exit code. */
  public static int run(Program program, List<String> arguments) throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.command(arguments)).inheritIO();
    try (Undo undo = new Undo()) {
      return undo.begin(() -> new Running(started(builder))).process().waitFor();
    }
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new StackFailure("The program did not start: " + failed.getMessage());
    }
  }

  private record Running(Process process) implements AutoCloseable {
    /** It may have work to end first. */
    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }
}
