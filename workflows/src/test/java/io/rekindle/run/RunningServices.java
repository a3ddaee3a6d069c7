package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.compute.Ecs;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Services of a cluster, each with its own count of tasks: whoever acts on the wrong one is seen.
 */
final class RunningServices implements DynamicActivity {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<ActionCall> looks = new ArrayList<>();
  private final List<ActionCall> undone = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> locked = new HashSet<>();

  RunningServices(Map<String, Integer> counts) {
    this.counts.putAll(counts);
  }

  /** Its tasks stop as soon as they run. */
  RunningServices withBroken(String service) {
    broken.add(service);
    return this;
  }

  /** From now on nobody may set it back. */
  synchronized void lock(String service) {
    locked.add(service);
  }

  synchronized Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  synchronized List<ActionCall> looks() {
    return List.copyOf(looks);
  }

  /** What was asked to be taken back, oldest first. */
  synchronized List<ActionCall> undone() {
    return List.copyOf(undone);
  }

  static String service(ActionCall call) {
    return call.with().path("service").asText();
  }

  @Override
  public synchronized @Nullable Object execute(EncodedValues arguments) {
    ActionCall call = arguments.get(0, ActionCall.class);
    String type = Activity.getExecutionContext().getInfo().getActivityType();
    return switch (Verb.valueOf(
        type.substring(type.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT))) {
      case OBSERVE -> observe(call);
      case APPLY -> counts.put(service(call), wanted(call));
      case UNDO -> undo(call);
      case CHECK -> new Readiness(true, "it runs", null);
    };
  }

  private static int wanted(ActionCall call) {
    return call.with().path("desired").asInt();
  }

  private Observation observe(ActionCall call) {
    looks.add(call);
    if (!call.kind().equals(Kinds.of(Ecs.ScaleService.class).name())) {
      return new Broken("it does not answer");
    }
    String present = String.valueOf(counts.get(service(call)));
    if (!present.equals(String.valueOf(wanted(call)))) {
      return new Due("scale", Map.of("count", present));
    }
    String former =
        call.made().stream().findFirst().map(due -> due.before().get("count")).orElse(present);
    return broken.contains(service(call))
        ? new Broken("the tasks of " + service(call) + " stop")
        : new Settled(Map.of("former", String.valueOf(former)));
  }

  private @Nullable Object undo(ActionCall call) {
    if (locked.contains(service(call))) {
      throw Failures.lasting("ACCESS", service(call) + " is locked");
    }
    undone.add(call);
    call.made()
        .reversed()
        .forEach(due ->
            counts.put(service(call), Integer.parseInt(due.before().getOrDefault("count", ""))));
    return null;
  }
}
