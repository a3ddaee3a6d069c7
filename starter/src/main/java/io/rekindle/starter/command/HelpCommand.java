package io.rekindle.starter.command;

import io.rekindle.starter.BadInput;
import io.rekindle.starter.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Shows how a command is used.",
    mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command.")
  private String command = "";

  @Override
  public Integer call() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine asked =
        command.isEmpty()
            ? all
            : Optional.ofNullable(all.getSubcommands().get(command))
                .orElseThrow(() -> new BadInput(Misuse.noCommand(all, command)));
    asked.usage(all.getOut());
    return ExitCode.DONE.code();
  }
}
