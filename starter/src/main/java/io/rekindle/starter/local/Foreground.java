package io.rekindle.starter.local;

import java.io.IOException;
import java.util.List;

/** A program in the place of this one: its words are ours, and so is its end. */
public final class Foreground {
  private Foreground() {}

  /** Gives its exit code. */
  public static int run(Program program, List<String> arguments) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(program.command(arguments)).inheritIO().start();
      // It may have work to end first.
      Thread end =
          new Thread(() -> {
            process.destroy();
            process.onExit().join();
          });
      Runtime.getRuntime().addShutdownHook(end);
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return code;
    } catch (IOException failed) {
      throw new StackFailure("The program did not start: " + failed.getMessage());
    }
  }
}
