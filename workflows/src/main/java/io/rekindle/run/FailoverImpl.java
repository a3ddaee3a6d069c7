package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionKey;
import io.rekindle.action.Observation;
import io.rekindle.action.Readiness;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.Use;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Verdict;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The story of a failover. */
public final class FailoverImpl implements Failover, GateRun.Assessment {
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CHECK_PATIENCE = Duration.ofMinutes(1);

  private final FailoverRequest request;
  private final Optional<RuntimeException> unreadable;
  private final RunPlan plan;
  private final RunBook book;
  private final Decisions decisions;

  @WorkflowInit
  public FailoverImpl(FailoverRequest request) {
    this.request = request;
    RunPlan read = RunPlan.unreadable(request);
    Optional<RuntimeException> obstacle = Optional.empty();
    try {
      read = new RunPlan(PlanReader.admitted(request.plan()), request);
    } catch (RuntimeException broken) {
      // Thrown here it would be tried again for ever; admission says what is wrong with the plan.
      obstacle = Optional.of(broken);
    }
    this.plan = read;
    this.unreadable = obstacle;
    this.book =
        request.resumed() == null
            ? new RunBook(
                plan.plan().application().value(),
                runId(),
                plan.failover().steps(),
                now(),
                request.impactAt())
            : new RunBook(request.resumed());
    this.decisions = new Decisions(plan, book, request.requester());
  }

  /** Six hex digits of the first execution's id: it survives reset and continuing as new. */
  private static String runId() {
    return Workflow.getInfo().getFirstExecutionRunId().replace("-", "").substring(0, 6);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public RunState run(FailoverRequest same) {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            reason -> decide(new Decision.Abort(false, "the workflow was cancelled", null, null)));
    Workflow.newDetachedCancellationScope(this::tell).run();
    return book.state();
  }

  /** Out of reach of Temporal's own cancel, which means abort: what is under way ends in order. */
  private void tell() {
    if (book.phase() != Phase.SERVING) {
      admit();
      assess();
      recover();
    }
    serve();
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private void admit() {
    Admission door =
        Workflow.newActivityStub(
            Admission.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .setSummary("admit the plan")
                .build());
    List<String> problems = door.admit(request.plan());
    if (!problems.isEmpty()) {
      throw refused(String.join("\n", problems));
    }
    unreadable.ifPresent(obstacle -> {
      throw obstacle;
    });
    String id = ID_PREFIX + plan.plan().application();
    if (!Workflow.getInfo().getWorkflowId().equals(id)) {
      throw refused(
          "The run of "
              + plan.plan().application()
              + " has the workflow id "
              + id
              + ", which is its lock.");
    }
  }

  private static ApplicationFailure refused(String sentence) {
    return ApplicationFailure.newBuilder()
        .setType("Refused")
        .setMessage(sentence)
        .setNonRetryable(true)
        .build();
  }

  @Override
  public void assess() {
    Plan.Assess assess = plan.plan().assess();
    if (assess == null) {
      return;
    }
    Map<Plan.Evidence, Promise<Observation>> looks = new LinkedHashMap<>();
    assess
        .probes()
        .forEach(probe ->
            looks.put(
                probe,
                Actions.observe(call(probe, probe.id()), PROBE_PATIENCE, probe.id() + ": look")));
    List<Evidence> seen = new ArrayList<>();
    looks.forEach((probe, look) -> seen.add(evidence(probe, look)));
    book.found(seen);
  }

  private static Evidence evidence(Plan.Evidence probe, Promise<Observation> look) {
    try {
      return switch (look.get()) {
        case Observation.Settled settled ->
            new Evidence(
                probe.id(), Verdict.HEALTHY, settled.outputs().getOrDefault("seen", "it answers"));
        case Observation.Broken broken -> new Evidence(probe.id(), Verdict.FAILING, broken.why());
        case Observation.Foreign foreign ->
            new Evidence(probe.id(), Verdict.FAILING, foreign.owner());
        case Observation.Due due -> new Evidence(probe.id(), Verdict.FAILING, due.change());
      };
    } catch (ActivityFailure failure) {
      String why =
          failure.getCause() instanceof ApplicationFailure said
              ? said.getOriginalMessage()
              : "no answer in time";
      return new Evidence(probe.id(), Verdict.UNREACHABLE, why);
    }
  }

  @Override
  public Map<String, Readiness.RecoveryPoint> readiness(Step gate) {
    Map<String, Promise<Readiness>> checks = new LinkedHashMap<>();
    plan.failover().steps().stream()
        .filter(step -> plan.failover().isBefore(gate.id(), step.id()))
        .filter(step ->
            RunPlan.kind(step).hasRole(Role.DATA)
                && !RunPlan.kind(step).looksOnly()
                && !step.fence())
        .filter(this::isKnown)
        .forEach(step ->
            checks.put(
                step.id(),
                Actions.check(call(step, step.id()), CHECK_PATIENCE, step.id() + ": check")));
    Map<String, Readiness.RecoveryPoint> points = new LinkedHashMap<>();
    checks.forEach((step, check) -> point(check).ifPresent(point -> points.put(step, point)));
    return points;
  }

  /** A step that reads what no step has given yet cannot be checked. */
  private boolean isKnown(Step step) {
    return Binding.bind(RunPlan.kind(step), step.with(), plan.words(book), step.id()).whole();
  }

  private static Optional<Readiness.RecoveryPoint> point(Promise<Readiness> check) {
    try {
      return Optional.ofNullable(check.get().recoveryPoint());
    } catch (ActivityFailure unknown) {
      return Optional.empty();
    }
  }

  private ActionCall call(Use use, String id) {
    Kind kind = RunPlan.kind(use);
    Optional<Region> region = plan.region(use);
    return new ActionCall(
        kind.name(),
        Trees.json(Binding.resolve(use.with(), plan.words(book))),
        new ActionKey(book.application(), book.run(), id, 1),
        false,
        region.map(each -> each.region().value()).orElse(""),
        region.map(Region::role).map(Object::toString).orElse(null),
        Map.of(),
        null,
        List.of(),
        now());
  }

  private void recover() {
    book.enter(Phase.RECOVERING);
    PlaybookRun playbook = new PlaybookRun(plan.failover(), plan, book, this);
    playbook.play();
    if (book.isEnding()) {
      end(playbook);
    }
    book.recovered(now());
  }

  /** Fails the workflow with a sentence: nobody shall take an ended run for a recovered one. */
  private void end(PlaybookRun playbook) {
    String why = book.ending().orElse("");
    if (book.isRollback()) {
      book.enter(Phase.ROLLING_BACK);
      List<String> left = playbook.undo();
      if (left.isEmpty()) {
        book.rolledBack();
        why += "; everything was undone";
      } else {
        why += "; not undone: " + String.join("; ", left);
      }
    } else if (!book.anythingChanged()) {
      why += "; nothing was changed";
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    throw ApplicationFailure.newBuilder()
        .setType(String.valueOf(book.outcome().orElse(Outcome.ABORTED)))
        .setMessage(why)
        .setNonRetryable(true)
        .setDetails(book.state())
        .build();
  }

  private void serve() {
    if (!request.closeWhenRecovered()) {
      Workflow.await(book::isClosing);
    }
  }

  @Override
  public RunState status() {
    return book.state();
  }

  private Ruling decide(@Nullable Decision decision) {
    return decisions.decide(decision, now());
  }

  @Override
  public void approve(Decision.Approve decision) {
    decide(decision);
  }

  @Override
  public void reject(Decision.Reject decision) {
    decide(decision);
  }

  @Override
  public void retry(Decision.Retry decision) {
    decide(decision);
  }

  @Override
  public void skip(Decision.Skip decision) {
    decide(decision);
  }

  @Override
  public void done(Decision.Done decision) {
    decide(decision);
  }

  @Override
  public void pause(Decision.Pause decision) {
    decide(decision);
  }

  @Override
  public void resume(Decision.Resume decision) {
    decide(decision);
  }

  @Override
  public void abort(Decision.Abort decision) {
    decide(decision);
  }

  @Override
  public void close(Decision.Close decision) {
    decide(decision);
  }

  @Override
  public void failback(Decision.Failback decision) {
    decide(decision);
  }

  @Override
  public Ruling approved(Decision.Approve decision) {
    return decide(decision);
  }

  @Override
  public Ruling rejected(Decision.Reject decision) {
    return decide(decision);
  }

  @Override
  public Ruling retried(Decision.Retry decision) {
    return decide(decision);
  }

  @Override
  public Ruling skipped(Decision.Skip decision) {
    return decide(decision);
  }

  @Override
  public Ruling isDone(Decision.Done decision) {
    return decide(decision);
  }

  @Override
  public Ruling paused(Decision.Pause decision) {
    return decide(decision);
  }

  @Override
  public Ruling resumed(Decision.Resume decision) {
    return decide(decision);
  }

  @Override
  public Ruling aborted(Decision.Abort decision) {
    return decide(decision);
  }

  @Override
  public Ruling closed(Decision.Close decision) {
    return decide(decision);
  }

  @Override
  public Ruling failedBack(Decision.Failback decision) {
    return decide(decision);
  }
}
