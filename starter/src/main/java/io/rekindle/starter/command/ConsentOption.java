package io.rekindle.starter.command;

import io.rekindle.starter.Console;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A person is asked before something is done that nobody should do by mistake. */
final class ConsentOption {
  @Option(names = "--yes", description = "Goes ahead without asking again.")
  private boolean yes;

  /** Nobody to ask is a no. */
  boolean isGiven(Console console, String question) {
    return yes
        || console.isTerminal()
            && console.ask(question + " [yes/no] ").toLowerCase(Locale.ROOT).startsWith("y");
  }
}
