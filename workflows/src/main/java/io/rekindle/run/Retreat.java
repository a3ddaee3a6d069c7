package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.run.RunState.Health;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState.Status;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The quick way home: what the failover did is undone, traffic first, and then it is looked. */
final class Retreat {
  /** Until caches forget where users were sent, and what was shut off works again. */
  private static final int LOOKS = 20;

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Run run;
  private final RunBook book;
  private final StepGraph wayBack;
  private final Map<String, String> losses = new LinkedHashMap<>();

  Retreat(Run run) {
    this.run = run;
    this.book = run.book();
    this.wayBack = run.plan().graph(Section.FAILBACK);
  }

  Rollback.Result undo() {
    StepGraph graph = run.plan().graph(Section.FAILOVER);
    book.enter(Phase.ROLLING_BACK);
    return new Rollback(run, graph, step -> false).undo(step -> lookOnceMore(graph, step));
  }

  /** Users may have written until they were home: it is read again while it still can be. */
  private void lookOnceMore(StepGraph graph, Step undone) {
    Writes writes = new Writes(run);
    book.meanwhile().untouched().stream()
        .filter(store -> !losses.containsKey(store))
        .map(graph::step)
        .filter(store ->
            writes
                .witness(store)
                .filter(witness -> graph.isBefore(undone.id(), witness.id()))
                .isPresent())
        .toList()
        .forEach(store -> losses.put(store.id(), loss(writes.find(store))));
  }

  private static String loss(Writes.Found found) {
    return found.untouched()
        ? ""
        : found.says() + "; seen when users had gone home, its last state is kept";
  }

  /** Whether users arrive at home, by the way back's own verifications, else by the probes. */
  Conclusion look(Rollback.Result undone) {
    List<Step> verifying = wayBack.steps().stream().filter(this::canVerify).toList();
    book.expect(verifying);
    verify(verifying);
    Assessment probes = new Assessment(run);
    probes.assess();
    boolean verified = verifying.stream().anyMatch(step -> book.is(step.id(), Status.DONE));
    for (int looks = 1; looks < LOOKS && !verified && !isHealthy() && hasProbes(); looks++) {
      Timers.pass(PAUSE, book.application(), "until its probes look again", () -> false);
      probes.assess();
    }
    return Conclusion.ofRetreat(
        undone,
        losses.values().stream().filter(loss -> !loss.isEmpty()).toList(),
        verifying,
        verified || isHealthy(),
        book);
  }

  private boolean hasProbes() {
    return !book.state().evidence().isEmpty();
  }

  private boolean isHealthy() {
    return hasProbes()
        && book.state().evidence().stream().allMatch(probe -> probe.verdict() == Health.HEALTHY);
  }

  /** What looks behind the way back's traffic, at home, and at nothing that only it makes. */
  private boolean canVerify(Step step) {
    Optional<Region> region = run.plan().region(step);
    return step.kind().hasRole(Role.VERIFY)
        && step.kind().looksOnly()
        && region.filter(at -> !at.equals(run.plan().region(Side.PRIMARY))).isEmpty()
        && Binding.wordsIn(step.with()).stream().noneMatch(StepOutput.class::isInstance)
        && wayBack.steps().stream()
            .filter(Step::movesUsers)
            .anyMatch(moving -> wayBack.isBefore(moving.id(), step.id()));
  }

  private void verify(List<Step> steps) {
    Map<Step, Promise<Observation>> looks = new LinkedHashMap<>();
    steps.forEach(step -> {
      book.change(step.id(), state -> state.running(now()));
      looks.put(
          step,
          run.actions()
              .observe(
                  run.calls().step(step),
                  Reconciliation.budget(step),
                  Summary.of(step.id(), "observe")));
    });
    looks.forEach(this::read);
  }

  private void read(Step step, Promise<Observation> look) {
    try {
      switch (look.get()) {
        case Observation.Settled settled ->
            book.change(
                step.id(), state -> state.over(Status.DONE, settled.outputs(), now(), null));
        case Observation.Broken broken -> failed(step, broken.why());
        case Observation.Foreign foreign -> failed(step, foreign.owner());
        case Observation.Due due -> failed(step, due.change());
      }
    } catch (ActivityFailure failure) {
      failed(step, Failures.sentence(failure));
    }
  }

  private void failed(Step step, String why) {
    book.change(step.id(), state -> state.over(Status.GAVE_UP, Map.of(), now(), why));
  }
}
