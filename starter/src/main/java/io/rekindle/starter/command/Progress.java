package io.rekindle.starter.command;

import io.rekindle.run.Gate;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState.Status;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Seen;

/** How far a run is, in the words of an exit code. */
enum Progress {
  UNDER_WAY(ExitCode.DONE),
  WAITS(ExitCode.WAITING),
  RECOVERED(ExitCode.DONE),
  UNVERIFIED(ExitCode.FAILED),
  FAILED(ExitCode.FAILED);

  private final ExitCode exitCode;

  Progress(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  static Progress of(Seen seen) {
    if (!seen.isOpen() && !seen.status().equals("COMPLETED")) {
      return FAILED;
    }
    if (is(seen, Outcome.UNVERIFIED) && !(seen.isOpen() && is(seen, Phase.FAILING_BACK))) {
      return UNVERIFIED;
    }
    if (!seen.isOpen() || is(seen, Outcome.RECOVERED) && is(seen, Phase.SERVING)) {
      return RECOVERED;
    }
    boolean waits =
        seen.state()
            .filter(state ->
                state.paused()
                    || state.gates().stream().anyMatch(Gate::open)
                    || state.steps().stream().anyMatch(step -> step.status() == Status.BLOCKED))
            .isPresent();
    return waits ? WAITS : UNDER_WAY;
  }

  private static boolean is(Seen seen, Phase phase) {
    return seen.state().filter(state -> state.phase() == phase).isPresent();
  }

  private static boolean is(Seen seen, Outcome outcome) {
    return seen.state().filter(state -> state.outcome() == outcome).isPresent();
  }
}
