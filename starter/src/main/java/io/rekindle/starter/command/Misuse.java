package io.rekindle.starter.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was typed and means nothing, told in one sentence with the word that was probably meant. */
public final class Misuse {
  private Misuse() {}

  /**
   * Runs what was asked for. picocli passes over words it does not know when help is asked for,
   * too: a person would take the help that comes then for that of a command that does not exist.
   */
  public static int run(ParseResult parsed) {
    parsed.asCommandLineList().forEach(Misuse::refuse);
    return new RunLast().execute(parsed);
  }

  private static void refuse(CommandLine command) {
    List<String> unknown = command.getUnmatchedArguments();
    if (!unknown.isEmpty()) {
      throw new UnmatchedArgumentException(command, unknown);
    }
  }

  public static String sentence(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    return mistake instanceof UnmatchedArgumentException unknown
        ? unknown(command, unknown.getUnmatched().getFirst(), unknown.isUnknownOption())
        : mistake.getMessage() + ". See '" + name(command) + " --help'.";
  }

  private static String unknown(CommandLine command, String word, boolean isOption) {
    if (isOption) {
      return noOption(command, word.replaceFirst("=.*", ""));
    }
    return command.getSubcommands().isEmpty()
        ? "'%s' takes no '%s' there. See '%s --help'.".formatted(name(command), word, name(command))
        : noCommand(command, word);
  }

  private static String noOption(CommandLine command, String word) {
    List<String> options = new ArrayList<>();
    command.getCommandSpec().options().forEach(each -> options.addAll(List.of(each.names())));
    return "'%s' has no option '%s'.".formatted(name(command), word)
        + meantAndListed(command, word, options);
  }

  static String noCommand(CommandLine command, String word) {
    return "There is no command '"
        + word
        + "'."
        + meantAndListed(command, word, command.getSubcommands().keySet());
  }

  private static String meantAndListed(CommandLine command, String word, Collection<String> valid) {
    return Inputs.meant(word, valid) + " '" + name(command) + " --help' lists them all.";
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
