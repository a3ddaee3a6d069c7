package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Verb;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Action;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes every call of the workflow to the handler of its kind. What this worker does not know, a
 * newer one may: such calls fail so that they are tried again.
 */
@Singleton
public final class ActionDispatcher implements DynamicActivity, AutoCloseable {
  /** The type of a failure that no handler throws on purpose; its cause is what was thrown. */
  public static final String BUG = "Bug";

  private static final Duration AFTER_A_BUG = Duration.ofSeconds(30);

  /** Between looks for what AWS does not show yet. */
  private static final Duration UNTIL_SHOWN = Duration.ofSeconds(10);

  private final Map<Class<?>, ActionHandler<?>> handlers = new HashMap<>();
  private final AwsClients clients;
  private final Pace pace;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("heartbeats").unstarted(task));

  public ActionDispatcher(List<ActionHandler<?>> all, AwsClients clients, Pace pace) {
    this.clients = clients;
    this.pace = pace;
    for (ActionHandler<?> handler : all) {
      ActionHandler<?> twin = handlers.put(handler.declaration(), handler);
      if (twin != null) {
        throw new IllegalStateException(
            handler.declaration()
                + " is handled by "
                + twin.getClass()
                + " and "
                + handler.getClass());
      }
    }
  }

  @Override
  public @Nullable Object execute(EncodedValues arguments) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ActivityInfo info = context.getInfo();
    ActionCall call = arguments.get(0, ActionCall.class);
    Duration silence = Heartbeat.isWanted(context) ? info.getHeartbeatTimeout() : Duration.ZERO;
    Attempt attempt =
        new Attempt(
            call, info.getAttempt(), info.getStartToCloseTimeout().minus(Attempt.MARGIN), silence);
    try (Heartbeat beating = Heartbeat.of(context, attempt, heart)) {
      return perform(verbOf(info.getActivityType()), attempt);
    }
  }

  private static Verb verbOf(String activityType) {
    return Arrays.stream(Verb.values())
        .filter(verb -> activityType.endsWith(verb.activityType("")))
        .findFirst()
        .orElseThrow(() -> unknown("does not know the verb of '" + activityType + "'"));
  }

  /**
   * Answers what the handler answers; of a change its receipt, where there is one; null for all
   * else.
   */
  @Nullable Object perform(Verb verb, Attempt attempt) {
    ActionCall call = attempt.call();
    Kind kind =
        Kinds.named(call.kind())
            .orElseThrow(() -> unknown("does not know the kind '" + call.kind() + "'"));
    ActionHandler<?> handler = handlers.get(kind.type());
    if (handler == null) {
      throw unknown("has no handler for the kind '" + call.kind() + "'");
    }
    try (Attempt current = attempt.begin()) {
      return perform(verb, handler, given(kind, call), current);
    } catch (TemporalException said) {
      throw said;
    } catch (RuntimeException bug) {
      throw ours(bug, call);
    }
  }

  private static ApplicationFailure unknown(String what) {
    return Failures.passing(
        "NoHandler", "This worker " + what + ". Start a worker of the run's version or newer.");
  }

  /**
   * A newer worker may do better, so it is tried again; not at once, because this one would not.
   */
  private static ApplicationFailure ours(RuntimeException bug, ActionCall call) {
    return ApplicationFailure.newBuilder()
        .setType(BUG)
        .setMessage(
            ("%s of step '%s': the worker has a bug: %s; see its log, start a fixed worker, or do"
                    + " the step by hand and use done.")
                .formatted(call.kind(), call.key().step(), bug))
        .setNextRetryDelay(AFTER_A_BUG)
        .setCause(bug)
        .build();
  }

  private static Record given(Kind kind, ActionCall call) {
    Bound<Optional<Record>> bound =
        Binding.bind(kind, Trees.node(call.with()), word -> new Node.Unknown(Place.START), "with");
    if (!bound.whole()) {
      throw unknown(
          "cannot read what the step was given: "
              + bound.problems().stream().map(Problem::sentence).collect(Collectors.joining("; ")));
    }
    return bound.value().orElseThrow();
  }

  private <A extends Action> @Nullable Object perform(
      Verb verb, ActionHandler<A> handler, Record with, Attempt attempt) {
    Work<A> work = new Work<>(handler.declaration().cast(with), attempt.call(), clients, pace);
    return new Asking(clients, pace)
        .ask(attempt, work.access(), () -> perform(verb, handler, work));
  }

  private static <A extends Action> @Nullable Object perform(
      Verb verb, ActionHandler<A> handler, Work<A> work) {
    return switch (verb) {
      case OBSERVE -> visible(work, handler.observe(work));
      case APPLY -> {
        handler.apply(work, due(work.call()));
        yield Attempt.current().flatMap(Attempt::receipt).orElse(null);
      }
      case UNDO -> {
        handler.undo(work);
        yield handler.kept(work).orElse(null);
      }
      case CHECK -> handler.check(work);
    };
  }

  /**
   * AWS is consistent only in the end: what it has accepted may look for a while as if it had never
   * been asked for, and is not due again meanwhile.
   */
  private static Observation visible(Work<?> work, Observation seen) {
    if (seen instanceof Due due && work.hasJustMade(due.change())) {
      throw work.underWay(
          "AWS accepted the change '%s' and does not show it yet".formatted(due.change()),
          UNTIL_SHOWN);
    }
    return seen;
  }

  private static Due due(ActionCall call) {
    Due due = call.due();
    if (due == null) {
      throw Failures.lasting("NoChange", call.kind() + ": bug: no change was named.");
    }
    return due;
  }

  @Override
  @PreDestroy
  public void close() {
    heart.shutdownNow();
  }
}
