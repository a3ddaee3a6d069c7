package io.rekindle.starter.command;

import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Reply;
import io.rekindle.starter.run.Runs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all decisions have in common: about which run, by whom, and how the answer is told. */
final class DecisionOptions {
  @Parameters(index = "0", paramLabel = "APP", description = "The application.")
  private String application = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who decides; default: ${DEFAULT-VALUE}. Recorded, not verified.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Act only on this run; default: the open one.")
  private String run = "";

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ServerOptions server = new ServerOptions();

  /** A decision, once it is known who decides about which run. */
  interface Words {
    Decision by(String name, @Nullable String run);
  }

  Integer send(Console console, Words words) {
    try (Runs runs = server.connect()) {
      String meant = run.isEmpty() ? runs.see(application).run() : run;
      Reply reply = runs.send(application, words.by(by, meant.isEmpty() ? null : meant));
      return switch (reply) {
        case Reply.Ruled ruled ->
            answer(console, ruled.ruling().obeyed(), ruled.ruling().sentence());
        case Reply.Kept kept ->
            answer(
                console,
                true,
                "no worker answered; the decision is kept. Follow it with `rekindle status "
                    + application
                    + "`");
      };
    }
  }

  private int answer(Console console, boolean obeyed, String sentence) {
    switch (output.kind) {
      case TEXT ->
          console.line(
              application
                  + ": "
                  + (obeyed ? sentence : console.styled(Style.RED, "refused, " + sentence)));
      case JSON -> console.json(new Json(application, obeyed, sentence));
    }
    return (obeyed ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  record Json(String application, boolean obeyed, String sentence) {}
}
