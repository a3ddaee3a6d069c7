package io.rekindle.starter;

import io.micronaut.configuration.picocli.MicronautFactory;
import io.micronaut.context.ApplicationContext;
import io.rekindle.starter.command.Misuse;
import io.rekindle.starter.command.RekindleCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code = run(new Console(System.in, out, err, System.getenv()), out, err, args);
    out.flush();
    System.exit(code);
  }

  /** Runs one command; whatever goes wrong is a sentence and an exit code. */
  public static int run(Console console, PrintStream out, PrintStream err, String... args) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .singletons(console)
            .deduceEnvironment(false)
            .start()) {
      CommandLine commands = new CommandLine(RekindleCommand.class, new MicronautFactory(context));
      commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
      commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
      commands.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
      commands.setUsageHelpAutoWidth(false);
      commands.setUsageHelpWidth(console.width());
      commands.setCaseInsensitiveEnumValuesAllowed(true);
      // After a word that is no command, the options and commands behind it mean nothing either.
      commands.getCommandSpec().parser().stopAtUnmatched(true);
      commands.setExecutionStrategy(Misuse::run);
      commands.setParameterExceptionHandler((mistake, ignored) -> misused(console, mistake));
      commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
      return commands.execute(args);
    }
  }

  private static int misused(Console console, CommandLine.ParameterException mistake) {
    console.complain(Misuse.sentence(mistake));
    return ExitCode.BAD_INPUT.code();
  }

  private static int failed(Console console, Exception failure) {
    if (failure instanceof Failure told) {
      console.complain(told.sentence());
      return told.exitCode().code();
    }
    console.complain(
        "Rekindle itself failed: "
            + failure
            + ". This is a bug; set REKINDLE_TRACE=1 to see where.");
    if (System.getenv("REKINDLE_TRACE") != null) {
      failure.printStackTrace();
    }
    return ExitCode.FAILED.code();
  }
}
