package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.door.Admission;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.Sent.Reading;
import io.rekindle.run.Sent.Reading.Garbled;
import io.rekindle.run.Sent.Reading.Understood;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failover, as Temporal sees it. What happens in it is told by {@link FailoverStory}. */
public final class FailoverImpl implements Failover {
  private static final int RUN_DIGITS = 6;

  private final Reading<FailoverRequest> request;
  private final History history;
  private final Optional<RunState> resumed;

  /** Empty where the plan cannot be read: admission says what is wrong with it. */
  private final Optional<Run> run;

  @WorkflowInit
  public FailoverImpl(RawValue request, @Nullable RunState resumed) {
    this.request = new Sent(request).as(FailoverRequest.class);
    this.history = new History(CancellationScope.current());
    this.resumed = Optional.ofNullable(resumed);
    this.run = readable();
    Operators.listen(this::decide);
  }

  /** What is thrown before a workflow begins is tried again for ever. */
  private Optional<Run> readable() {
    try {
      return Optional.of(read());
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private FailoverRequest request() {
    return switch (request) {
      case Understood<FailoverRequest> understood -> understood.value();
      case Garbled<FailoverRequest> garbled -> throw new IllegalArgumentException(said(garbled));
    };
  }

  private static String said(Garbled<FailoverRequest> garbled) {
    return "The request of the run " + garbled.why() + " (rekindle request writes one)";
  }

  private Run read() {
    FailoverRequest request = request();
    Plan plan = PlanReader.admitted(request.plan());
    RunState state =
        resumed.orElseGet(() ->
            RunState.beginning(plan.application().value(), runId(), now(), request.impactAt()));
    return Run.of(
        new RunPlan(plan, Terms.of(plan, request)),
        new RunBook(state),
        history,
        new OtherPlans(request));
  }

  /** Other plans come in by the same door. */
  private record OtherPlans(FailoverRequest request) implements Amendments {
    @Override
    public List<String> problems(JsonNode plan) {
      return door("admit another plan").admit(request.by(plan));
    }

    @Override
    public RunPlan read(JsonNode other) {
      Plan plan = PlanReader.admitted(other);
      return new RunPlan(plan, Terms.of(plan, request.by(other)));
    }
  }

  /**
   * Six hex digits of the first execution's id: it survives reset and continuing as new. The last
   * ones, because servers begin their ids with the time.
   */
  private static String runId() {
    String id = Workflow.getInfo().getFirstExecutionRunId();
    return id.substring(id.length() - RUN_DIGITS);
  }

  private Ruling decide(Message message) {
    return run.map(run -> new Decisions(run).decide(message))
        .orElseGet(() ->
            new Ruling(
                now(),
                message.verb(),
                null,
                false,
                "this worker cannot read the run's plan; start a newer one"));
  }

  /** Temporal's own cancel means abort. */
  private void abort() {
    run.ifPresent(run ->
        new Decisions(run)
            .decide(new Decision.Abort(false, "the workflow was cancelled", null, null)));
  }

  @Override
  public RunState status() {
    return readRun().book().state();
  }

  /** Where a worker cannot read what another one admitted, it fails until one comes that can. */
  private Run readRun() {
    return run.orElseGet(this::read);
  }

  @Override
  public RunState run(RawValue same, @Nullable RunState alsoSame) {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(reason -> {
          abort();
          return reason;
        });
    // Out of reach of Temporal's own cancel: what is under way ends in order.
    Workflow.newDetachedCancellationScope(this::begin).run();
    return status();
  }

  private void begin() {
    if (resumed.isEmpty()) {
      admit();
    }
    FailoverStory story = new FailoverStory(readRun(), request());
    if (resumed.isEmpty()) {
      story.begin();
    } else {
      story.goOn();
    }
  }

  private void admit() {
    List<String> problems = door("admit the plan").admit(understood());
    if (!problems.isEmpty()) {
      throw refused(String.join("\n", problems));
    }
    String application = readRun().book().application();
    if (!Workflow.getInfo().getWorkflowId().equals(ID_PREFIX + application)) {
      throw refused(
          "The run of %s has the workflow id %s, which is its lock."
              .formatted(application, ID_PREFIX + application));
    }
  }

  private static Admission door(String summary) {
    return Workflow.newActivityStub(
        Admission.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(10))
            .setSummary(summary)
            .build());
  }

  /** What nobody can read is refused; what another worker admitted waits for one that can. */
  private FailoverRequest understood() {
    return switch (request) {
      case Understood<FailoverRequest> understood -> understood.value();
      case Garbled<FailoverRequest> garbled -> throw refused(said(garbled));
    };
  }

  private static ApplicationFailure refused(String sentence) {
    return ApplicationFailure.newBuilder()
        .setType("Refused")
        .setMessage(Limit.MESSAGE.cut(sentence))
        .setNonRetryable(true)
        .build();
  }
}
