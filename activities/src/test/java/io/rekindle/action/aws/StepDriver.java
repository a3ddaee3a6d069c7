package io.rekindle.action.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Action;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Drives one step through its handler as the workflow does, and remembers as the workflow does. */
public final class StepDriver {
  static final String STEP = "it";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);
  private static final int PATIENCE = 20;

  private final ActionDispatcher dispatcher;
  private final String kind;
  private final JsonNode with;
  private final String region;
  private final List<Due> made = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private final Map<String, String> receipts = new HashMap<>();
  private @Nullable Instant changed;
  private ActionKey key = new ActionKey("shop", "a1b2c3", STEP, 1);
  private Point point = Point.NEWEST;
  private Duration passed = Duration.ZERO;
  private @Nullable String role;
  private boolean drill;
  private boolean adopt;
  private boolean forgetful;
  private String near = RecordingHandler.HERE;
  private boolean served;
  private boolean planned;

  public StepDriver(
      ActionDispatcher dispatcher,
      Class<? extends Action> declaration,
      String with,
      String region) {
    this.dispatcher = dispatcher;
    this.kind = Kinds.of(declaration).name();
    this.region = region;
    try {
      this.with = JSON.readTree(with);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(with, unreadable);
    }
  }

  public StepDriver drill() {
    drill = true;
    return this;
  }

  StepDriver role(String arn) {
    role = arn;
    return this;
  }

  /** The recovery Region, for kinds that belong to none. */
  StepDriver near(String recovery) {
    near = recovery;
    return this;
  }

  /** As where every answer to a change is lost. */
  public StepDriver withoutReceipts() {
    forgetful = true;
    return this;
  }

  /** As where the past of its run was put back to an earlier copy. */
  public StepDriver forgetting() {
    made.clear();
    answered.clear();
    receipts.clear();
    changed = null;
    return this;
  }

  public StepDriver adopting() {
    adopt = true;
    return this;
  }

  /** From now on something may run on what it made. */
  public StepDriver served() {
    served = true;
    return this;
  }

  /** As where both Regions are meant to work. */
  public StepDriver planned() {
    planned = true;
    return this;
  }

  public StepDriver run(String run) {
    key = new ActionKey(key.application(), run, key.step(), key.generation());
    return this;
  }

  public StepDriver application(String application) {
    key = new ActionKey(application, key.run(), key.step(), key.generation());
    return this;
  }

  public StepDriver generation(int generation) {
    key = new ActionKey(key.application(), key.run(), key.step(), generation);
    return this;
  }

  /** Asks as if so much time had passed. */
  public StepDriver after(Duration time) {
    passed = time;
    return this;
  }

  public StepDriver at(Point pinned) {
    point = pinned;
    return this;
  }

  @SuppressWarnings("NullAway") // It takes no notice of @Nullable inside a qualified type name.
  ActionCall call(@Nullable Due due) {
    return new ActionCall(
        kind,
        with,
        key,
        drill,
        region,
        region.isEmpty() ? near : "",
        role,
        point,
        adopt,
        "it happened",
        due,
        made,
        answered,
        receipts,
        changed,
        served,
        planned,
        Instant.now().plus(passed));
  }

  private @Nullable Object perform(Verb verb, @Nullable Due due, Duration time) {
    return dispatcher.perform(verb, new Attempt(call(due), 1, time, Duration.ZERO));
  }

  public Observation observe() {
    return observe(call(null), 1);
  }

  private Observation observe(ActionCall call, int attempt) {
    return (Observation)
        Objects.requireNonNull(dispatcher.perform(Verb.OBSERVE, attempt(call, attempt)));
  }

  /** Looks are given as much time as their kind asks for. */
  private Attempt attempt(ActionCall call, int number) {
    Duration time = Kinds.named(kind).orElseThrow().look().minus(MARGIN);
    return new Attempt(call, number, time, Duration.ZERO);
  }

  private void observeForNobody(Attempt attempt) {
    try {
      dispatcher.perform(Verb.OBSERVE, attempt);
    } catch (ApplicationFailure nobodyReadsIt) {
      return;
    }
  }

  /** A look that nobody waits for any more, once the other side is busy with it. */
  public void observeAndGiveUp(Callable<Boolean> busy) throws Exception {
    Attempt attempt = attempt(call(null), 1);
    Thread look = Thread.ofVirtual().start(() -> observeForNobody(attempt));
    while (!busy.call()) {
      Thread.sleep(20);
    }
    attempt.giveUp();
    look.join(TIME);
  }

  public Readiness check() {
    return (Readiness) Objects.requireNonNull(perform(Verb.CHECK, null, TIME));
  }

  public Readiness.RecoveryPoint recoveryPoint() {
    return Objects.requireNonNull(check().recoveryPoint());
  }

  public Due due() {
    Observation seen = observe();
    if (seen instanceof Due due) {
      return due;
    }
    throw new AssertionError("Nothing is due: " + seen);
  }

  /** Begins the change and asks once. */
  public void apply(Due due) {
    if (made.stream().noneMatch(each -> each.change().equals(due.change()))) {
      made.add(due);
    }
    changed = Instant.now();
    answered(due, perform(Verb.APPLY, due, TIME));
  }

  private void answered(Due due, @Nullable Object receipt) {
    answered.add(due.change());
    changed = Instant.now();
    if (receipt != null && !forgetful) {
      receipts.put(due.change(), (String) receipt);
    }
  }

  /** From now on the newest change is said to have been made so long ago. */
  public StepDriver changedAgo(Duration age) {
    changed = Instant.now().minus(age);
    return this;
  }

  /** A later attempt of the same activity: nobody knows what became of the one before. */
  public void applyAgain(Due due) {
    answered(due, dispatcher.perform(Verb.APPLY, new Attempt(call(due), 2, TIME, Duration.ZERO)));
  }

  /** Asks until it is no longer told to wait. */
  public void applyPatiently(Due due) {
    for (int i = 0; i < PATIENCE; i++) {
      try {
        apply(due);
        return;
      } catch (ApplicationFailure failure) {
        passOver(failure);
      }
    }
    throw new AssertionError("It never gets its turn.");
  }

  /** An attempt whose time is over. */
  public void applyLate(Due due) {
    perform(Verb.APPLY, due, Duration.ZERO);
  }

  /** Gives what it left behind on purpose, or nothing. */
  public @Nullable Object undoOnce() {
    return perform(Verb.UNDO, null, TIME);
  }

  /** Looks until the change is no longer under way. */
  public Observation look() {
    ActionCall call = call(null);
    for (int i = 1; i <= PATIENCE; i++) {
      try {
        return observe(call, i);
      } catch (ApplicationFailure failure) {
        passOver(failure);
      }
    }
    throw new AssertionError("It never ends.");
  }

  /** All of it, until nothing is due any more. */
  public Observation reconcile() {
    for (int i = 0; i < PATIENCE; i++) {
      Observation seen = look();
      if (!(seen instanceof Due due)) {
        return seen;
      }
      applyPatiently(due);
    }
    throw new AssertionError("Something is due for ever.");
  }

  public Settled settled() {
    Observation seen = reconcile();
    if (seen instanceof Settled settled) {
      return settled;
    }
    throw new AssertionError("It is not settled: " + seen);
  }

  public @Nullable Object undo() {
    for (int i = 0; i < PATIENCE; i++) {
      try {
        return undoOnce();
      } catch (ApplicationFailure failure) {
        passOver(failure);
      }
    }
    throw new AssertionError("Undoing never ends.");
  }

  private static void passOver(ApplicationFailure failure) {
    if (!failure.getType().equals(Failures.IN_PROGRESS)) {
      throw failure;
    }
    SimulatedAws.pass(BETWEEN_LOOKS);
    pause(Objects.requireNonNull(failure.getNextRetryDelay()));
  }

  private static void pause(Duration untilNextLook) {
    try {
      Thread.sleep(untilNextLook);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
