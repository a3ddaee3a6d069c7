package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.Sent.Reading;
import io.rekindle.run.Sent.Reading.Garbled;
import io.rekindle.run.Sent.Reading.Understood;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a story is entered, whatever it is: what it was started with is read once, what people say is
 * heard from the first moment, and Temporal's own cancel is an abort.
 *
 * @param <R> what it is started with
 */
final class Entrance<R> {
  private static final int RUN_DIGITS = 6;

  private final Reading<R> request;
  private final Optional<RunState> resumed;
  private final History history = new History(CancellationScope.current());
  private final Opening<R> opening;

  /** Empty where the plan cannot be read: admission says what is wrong with it. */
  private final Optional<Run> run;

  /** How a run is made of what it was started with. */
  interface Opening<R> {
    /**
     * @param resumed where an earlier execution of the same run stopped
     */
    Run run(R request, Optional<RunState> resumed, History history);
  }

  Entrance(RawValue sent, Class<R> type, @Nullable RunState resumed, Opening<R> opening) {
    this.request = new Sent(sent).as(type);
    this.resumed = Optional.ofNullable(resumed);
    this.opening = opening;
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

  private Run read() {
    return opening.run(request(), resumed, history);
  }

  R request() {
    return switch (request) {
      case Understood<R> understood -> understood.value();
      case Garbled<R> garbled -> throw new IllegalArgumentException(said(garbled));
    };
  }

  private static String said(Garbled<?> garbled) {
    return "The request of the run " + garbled.why() + " (rekindle request writes one)";
  }

  /** Where a worker cannot read what another one admitted, it fails until one comes that can. */
  Run run() {
    return run.orElseGet(this::read);
  }

  RunState status() {
    return run().book().state();
  }

  /**
   * Six hex digits of the first execution's id: it survives reset and continuing as new. The last
   * ones, because servers begin their ids with the time.
   */
  static String runId() {
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

  /**
   * Out of reach of Temporal's own cancel: what is under way ends in order.
   *
   * @param admission what the first execution has to pass
   */
  RunState tell(Runnable admission, Supplier<Told> story) {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(reason -> {
          abort();
          return reason;
        });
    Workflow.newDetachedCancellationScope(() -> play(admission, story)).run();
    return status();
  }

  private void play(Runnable admission, Supplier<Told> story) {
    if (resumed.isPresent()) {
      story.get().goOn();
    } else {
      admission.run();
      story.get().begin();
    }
  }

  private void abort() {
    run.ifPresent(run ->
        new Decisions(run)
            .decide(new Decision.Abort(false, "the workflow was cancelled", null, null)));
  }

  /** What nobody can read is refused; what another worker admitted waits for one that can. */
  R understood() {
    return switch (request) {
      case Understood<R> understood -> understood.value();
      case Garbled<R> garbled -> throw refused(said(garbled));
    };
  }

  /** Fails the workflow where the door found something wrong. */
  static void letIn(List<String> problems) {
    if (!problems.isEmpty()) {
      throw refused(String.join("\n", problems));
    }
  }

  static ApplicationFailure refused(String sentence) {
    return ApplicationFailure.newBuilder()
        .setType("Refused")
        .setMessage(Limit.MESSAGE.cut(sentence))
        .setNonRetryable(true)
        .build();
  }
}
