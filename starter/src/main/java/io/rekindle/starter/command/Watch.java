package io.rekindle.starter.command;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at a run again and again, and shows what is new. */
final class Watch {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Console console;
  private final Supplier<Seen> look;
  private final Set<String> told = new HashSet<>();
  private List<String> page = List.of();

  /**
   * @param look sees the run as it is
   */
  Watch(Console console, Supplier<Seen> look) {
    this.console = console;
    this.look = look;
  }

  /** Comes back when the application serves or the run is over; when a person must decide, too. */
  ExitCode until(boolean waiting) throws InterruptedException {
    while (true) {
      Seen seen = look.get();
      show(seen);
      Progress progress = Progress.of(seen);
      boolean over =
          switch (progress) {
            case UNDER_WAY -> false;
            case WAITS -> waiting;
            case RECOVERED, UNVERIFIED, FAILED -> true;
          };
      if (over) {
        return progress.exitCode();
      }
      Thread.sleep(PAUSE);
    }
  }

  private void show(Seen seen) {
    if (console.isTerminal()) {
      redraw(new RunPage(console, seen).lines());
    } else {
      seen.state().ifPresent(this::news);
    }
  }

  private void redraw(List<String> lines) {
    List<String> cut =
        lines.stream()
            .map(line -> line.substring(0, Math.min(line.length(), console.width() - 1)))
            .toList();
    if (!cut.equals(page)) {
      console.replace(page.size(), cut);
      page = cut;
    }
  }

  private void news(RunState state) {
    once(state.phase().name());
    state.steps().forEach(step -> once(line(step)));
    state.openFences().forEach(fence -> once("not fenced yet: " + OpenFences.said(fence)));
    if (state.ending() != null) {
      once(state.ending());
    }
    if (state.stayed() != null) {
      once("the way back was given up: " + state.stayed());
    }
    if (state.doubt() != null) {
      once("unverified: " + state.doubt());
    }
  }

  private static String line(StepState step) {
    return step.id()
        + " "
        + Shapes.word(step.status())
        + (step.note() == null ? "" : ": " + step.note());
  }

  private void once(String line) {
    if (told.add(line) && !line.endsWith(" pending")) {
      console.now(line);
    }
  }
}
