package io.rekindle.starter.run;

import io.rekindle.run.Drill;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run, as far as it can be seen right now.
 *
 * @param workflow the id of its workflow
 * @param phase where it is
 * @param status as Temporal knows it: RUNNING, COMPLETED, FAILED…
 * @param state from the run itself; empty while no worker answers
 */
public record Seen(
    String workflow,
    String application,
    String run,
    String phase,
    String status,
    Optional<RunState> state,
    List<Pending> pending) {

  /**
   * A look or a change that is under way.
   *
   * @param last what the last attempt said
   */
  public record Pending(String activity, int attempt, String last, Optional<Instant> next) {}

  /**
   * @param shown the phase that the server shows, which needs no worker; the run itself knows
   *     better, and sooner
   */
  static Seen of(
      String workflow,
      String application,
      String run,
      String shown,
      String status,
      Optional<RunState> state,
      List<Pending> pending) {
    String phase = state.map(RunState::phase).map(Phase::name).orElse(shown);
    return new Seen(workflow, application, run, phase, status, state, pending);
  }

  /** Whether it is a rehearsal on copies of its own. */
  public boolean isDrill() {
    return workflow.startsWith(Drill.ID_PREFIX);
  }

  public boolean isOpen() {
    return status.equals("RUNNING");
  }
}
