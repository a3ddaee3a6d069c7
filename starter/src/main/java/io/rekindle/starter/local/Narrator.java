package io.rekindle.starter.local;

import io.rekindle.run.RunState;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import io.rekindle.starter.run.Server;
import io.rekindle.starter.run.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Tells what happens in a demonstration while it happens, and what of it is not as promised. */
final class Narrator {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Console console;
  private final LocalStack stack;
  private final Instant began = Instant.now();
  private final List<String> untrue = new ArrayList<>();

  Narrator(Console console, LocalStack stack) {
    this.console = console;
    this.stack = stack;
  }

  LocalStack stack() {
    return stack;
  }

  List<String> untrue() {
    return List.copyOf(untrue);
  }

  void expect(boolean truth, String otherwise) {
    if (!truth) {
      untrue.add(otherwise);
      say(console.styled(Style.RED, otherwise));
    }
  }

  void say(String news) {
    console.now("%5.1fs  %s".formatted(since().toMillis() / 1000.0, news));
  }

  private Duration since() {
    return Duration.between(began, Instant.now());
  }

  /** Waits for something of an open run, which nobody has to help on. */
  Seen await(String what, Function<Runs, Seen> which, Predicate<RunState> condition) {
    return await(
        what,
        runs -> {
          Seen seen = which.apply(runs);
          if (seen.state().filter(condition).isPresent()) {
            return Optional.of(seen);
          }
          helpless(what, seen);
          return Optional.empty();
        });
  }

  /** Waits until there is something, and says so. */
  <T> T await(String what, Function<Runs, Optional<T>> look) {
    Instant end = Instant.now().plus(PATIENCE);
    try (Runs runs = runs()) {
      while (Instant.now().isBefore(end)) {
        Optional<T> found = look.apply(runs);
        if (found.isPresent()) {
          say(what);
          return found.get();
        }
        Child.sleep();
      }
    }
    throw new StackFailure("It took too long until " + what + ". Logs: " + stack.logs() + ".");
  }

  private void helpless(String what, Seen seen) {
    if (!seen.isOpen()) {
      throw new StackFailure(
          "The run ended before " + what + ": rekindle's logs are in " + stack.logs() + ".");
    }
    seen.state().stream()
        .flatMap(state -> Waits.atSteps(state).stream())
        .findFirst()
        .ifPresent(why -> {
          throw new StackFailure("The run waits for a person before " + what + ": " + why);
        });
  }

  Runs runs() {
    return new Server(Optional.of(stack.address()), Optional.of("default"), Optional.empty())
        .connect();
  }
}
