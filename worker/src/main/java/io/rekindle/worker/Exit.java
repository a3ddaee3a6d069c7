package io.rekindle.worker;

import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.context.exceptions.DependencyInjectionException;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** How the process ends when it cannot do its work. */
record Exit(int code, String sentence) {
  private static final String MESSAGE = "Message: ";

  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int CANNOT_START = 3;

  static Exit of(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    for (Throwable cause : causes) {
      if (cause instanceof CannotStart reason) {
        return new Exit(CANNOT_START, reason.sentence());
      }
      if (cause instanceof BindException taken) {
        return new Exit(
            BAD_INPUT,
            ("The port for health and metrics is taken: %s. Set REKINDLE_PORT to another, or "
                    + "to 0 for any.")
                .formatted(taken.getMessage()));
      }
    }
    Throwable root = causes.getLast();
    return causes.stream()
            .anyMatch(cause ->
                cause instanceof ConfigurationException
                    || cause instanceof DependencyInjectionException)
        ? new Exit(BAD_INPUT, "A setting is wrong: " + lastWords(root))
        : new Exit(FAILED, "The worker itself failed: " + root + ". This is a bug.");
  }

  /** Micronaut tells the whole way to the setting, and then what is the matter with it. */
  private static String lastWords(Throwable root) {
    return String.valueOf(root.getMessage())
        .lines()
        .filter(line -> line.startsWith(MESSAGE))
        .map(line -> line.substring(MESSAGE.length()))
        .reduce((first, second) -> second)
        .orElseGet(() -> String.valueOf(root.getMessage()));
  }
}
