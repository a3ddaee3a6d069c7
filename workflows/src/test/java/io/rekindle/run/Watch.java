package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.RandomStory.Cure;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cloud as workers ask it: remembers every look that was answered. */
class Watch implements DynamicActivity {
  private final RehearsalCloud cloud;
  private final Supplier<Instant> clock;
  private final List<Look> looks = new ArrayList<>();
  private Map<String, Cure> ills = Map.of();

  /**
   * @param key what makes the change, where one is due, the same change
   * @param adopts whether it counts as ours what this run did not make
   */
  record Look(
      Instant at, String step, int generation, Observation seen, String key, boolean adopts) {}

  Watch(RehearsalCloud cloud, Supplier<Instant> clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  /** Every change that happened, oldest first. */
  List<Entry> log() {
    return cloud.log();
  }

  final List<Entry> undone() {
    return cloud.undone();
  }

  /** Whether the last change made is the one of this number and has a guard. */
  final boolean hasMade(int number) {
    List<Entry> log = cloud.log();
    return number > 0
        && log.size() == number
        && Kinds.named(log.getLast().kind()).orElseThrow().facts().guard() != Guard.NONE;
  }

  /** What these steps change comes out wrong, until a person corrects what they were given. */
  final void spoil(Map<String, Cure> steps) {
    ills = steps;
  }

  final void turn(String region) {
    cloud.turn(region);
  }

  final synchronized List<Look> looks() {
    return List.copyOf(looks);
  }

  final Instant now() {
    return clock.get();
  }

  @Override
  public final @Nullable Object execute(EncodedValues arguments) {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    String type = info.getActivityType();
    Verb verb = Verb.valueOf(type.substring(type.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
    return ask(verb, arguments.get(0, ActionCall.class), info.getAttempt());
  }

  @Nullable Object ask(Verb verb, ActionCall call, int attempt) {
    Object answer = cloud.execute(new EncodedValues(call));
    if (answer instanceof Observation all) {
      Observation seen = isIll(call, all) ? new Observation.Broken("it does not come up") : all;
      remember(call, seen);
      return seen;
    }
    return answer;
  }

  private boolean isIll(ActionCall call, Observation seen) {
    Cure cure = ills.get(call.key().step());
    return seen instanceof Observation.Settled && cure != null && !cure.hasCured(call.with());
  }

  private synchronized void remember(ActionCall call, Observation seen) {
    String change = seen instanceof Observation.Due due ? due.change() : "";
    looks.add(
        new Look(
            now(),
            call.key().step(),
            call.key().generation(),
            seen,
            call.key().of(change),
            call.adopt()));
  }
}
