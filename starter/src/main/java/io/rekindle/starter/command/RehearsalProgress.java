package io.rekindle.starter.command;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState.Status;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One line whenever a step begins to ask, is over, or cannot go on: while it happens. */
final class RehearsalProgress implements Consumer<RunState> {
  private final Console console;
  private final boolean shown;
  private final Map<String, Status> before = new HashMap<>();

  RehearsalProgress(Console console, boolean shown) {
    this.console = console;
    this.shown = shown;
  }

  @Override
  public void accept(RunState state) {
    if (shown) {
      state
          .steps()
          .forEach(step -> {
            Status former = before.put(step.id(), step.status());
            if (step.status() != former && step.status() != Status.PENDING) {
              Instant at = step.ended() != null ? step.ended() : step.started();
              String when =
                  at == null
                      ? ""
                      : "+" + Bars.time(Duration.between(state.clocks().declared(), at));
              console.now(
                  console.styled(
                      Style.DIM,
                      "%8s  %s %s".formatted(when, step.id(), Shapes.word(step.status()))));
            }
          });
    }
  }
}
