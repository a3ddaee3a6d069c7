package io.rekindle.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.forecast.Draw;
import io.rekindle.forecast.Timetable;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kind.Change;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Spread;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Undo;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * AWS as far as facts tell it: one state machine for all kinds. A change takes its typical time,
 * outputs look as declared, and what the {@link Script} says goes wrong. Keeps a log of every
 * change that really happened.
 */
public final class RehearsalCloud implements DynamicActivity {
  /** What it takes at most until a finished change is seen. */
  public static final Duration LOOK = Duration.ofSeconds(15);

  private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

  /**
   * From one look at a Region that does not answer to the next. A look takes no time here, but a
   * real one waits for a connection. A fence looks for 25 s: the next look has to fit, or the
   * server gives the fence up after the first one, in no time.
   */
  private static final Duration SILENCE = Duration.ofSeconds(24);

  /** Who checks what does not answer, looks more than once within the time there is. */
  private static final Duration SHORT_SILENCE = Duration.ofSeconds(9);

  private final Script script;
  private final Supplier<Instant> clock;
  private final Draw draw;
  private final Map<Made, Instant> made = new HashMap<>();
  private final Map<String, Instant> firstLooks = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final List<Entry> log = new ArrayList<>();
  private final List<Entry> undone = new ArrayList<>();
  private final Map<String, Map<String, String>> seen = new HashMap<>();
  private final Set<String> dark;
  private final Set<String> unready;
  private final Set<String> forgotten = new HashSet<>();
  private String newest = "rehearsed";

  /**
   * @param key what made it the same change; the same key twice, with the same fields, is a
   *     repeated change
   * @param with the fields with which it was made, or taken back
   */
  public record Entry(
      Instant at, String kind, String step, String key, String region, JsonNode with) {}

  /**
   * @param clock the time of the rehearsal, which may run faster than ours
   */
  public RehearsalCloud(Script script, Supplier<Instant> clock, long seed) {
    this.script = script;
    this.clock = clock;
    this.draw = new Draw(seed);
    this.dark = new HashSet<>(script.dark());
    this.unready = new HashSet<>(script.unready());
  }

  /** Every change that happened, oldest first. */
  public synchronized List<Entry> log() {
    return List.copyOf(log);
  }

  /** Every change that was taken back, oldest first. */
  public synchronized List<Entry> undone() {
    return List.copyOf(undone);
  }

  /**
   * The keys of the changes that are undone by deleting what they made, and were not undone yet.
   */
  synchronized List<String> standing(String prefix) {
    return log.stream()
        .filter(entry -> entry.key().startsWith(prefix))
        .filter(
            entry -> Kinds.named(entry.kind()).orElseThrow().facts().undo() == Undo.DELETES_OURS)
        .map(Entry::key)
        .filter(key -> undone.stream().noneMatch(entry -> entry.key().equals(key)))
        .toList();
  }

  /** From now on this Region does not answer. */
  public synchronized void goDark(String region) {
    dark.add(region);
  }

  /** From now on this Region answers again. */
  public synchronized void comeBack(String region) {
    dark.remove(region);
  }

  /** Goes dark, or comes back. */
  public synchronized void turn(String region) {
    if (!dark.remove(region)) {
      dark.add(region);
    }
  }

  /** From now on looks of this step see that. */
  public synchronized void show(String step, String output, String value) {
    seen.computeIfAbsent(step, first -> new HashMap<>()).put(output, value);
  }

  /** This step will be found done, as where the past of its run was put back to an earlier copy. */
  public synchronized void forget(String step) {
    forgotten.add(step);
  }

  /** From now on the check of this step fails. */
  public synchronized void becomeUnready(String step) {
    unready.add(step);
  }

  /** The check of this step does not fail any more. */
  public synchronized void mend(String step) {
    unready.remove(step);
  }

  /** From now on this is the newest recovery point of everything. */
  public synchronized void backUp(String point) {
    newest = point;
  }

  /** How many changes happened more than once although a guard keeps them from it. */
  public synchronized long repeatedChanges() {
    return repeated(entry -> isGuarded(entry.kind()));
  }

  /** How many messages were sent again, which nothing can keep from happening. */
  public synchronized long repeatedMessages() {
    return repeated(entry -> !isGuarded(entry.kind()));
  }

  private long repeated(Predicate<Entry> which) {
    List<List<Object>> changes =
        log.stream()
            .filter(which)
            .map(entry -> List.<Object>of(entry.key(), entry.with()))
            .toList();
    return changes.size() - changes.stream().distinct().count();
  }

  private static boolean isGuarded(String kind) {
    return Kinds.named(kind).orElseThrow().facts().guard() != Guard.NONE;
  }

  @Override
  public @Nullable Object execute(EncodedValues arguments) {
    String type = Activity.getExecutionContext().getInfo().getActivityType();
    ActionCall call = arguments.get(0, ActionCall.class);
    Verb verb = Verb.valueOf(type.substring(type.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
    return perform(verb, call);
  }

  synchronized @Nullable Object perform(Verb verb, ActionCall call) {
    Kind kind = Kinds.named(call.kind()).orElseThrow();
    String step = call.key().step();
    if (dark.contains(call.region())) {
      throw Failures.passing(
          Failures.UNREACHABLE,
          call.kind() + " in " + call.region() + ": no answer, the connection timed out",
          verb == Verb.CHECK ? SHORT_SILENCE : SILENCE);
    }
    return switch (verb) {
      case OBSERVE -> observe(kind, call, step);
      case APPLY -> apply(call, step);
      case UNDO -> undo(kind, call);
      case CHECK -> check(kind, call);
    };
  }

  private Observation observe(Kind kind, ActionCall call, String step) {
    fail(Verb.OBSERVE, call, step);
    if (script.broken().contains(step)) {
      return new Observation.Broken("it cannot become right by itself, as the script says");
    }
    if (script.foreign().contains(step) && call.made().isEmpty()) {
      if (!call.adopt()) {
        return new Observation.Foreign("somebody else's " + step + " of " + call.region());
      }
      kind.changes().forEach(change -> made.putIfAbsent(Made.of(call, change.name()), now()));
    }
    if (kind.isProbe()) {
      return script.healthy().contains(step)
          ? new Observation.Settled(Map.of("seen", "it answers as expected"))
          : new Observation.Broken("it does not answer");
    }
    if (forgotten.remove(step)) {
      kind.changes().forEach(change -> make(call, Made.of(call, change.name())));
    }
    Node given = Trees.node(call.with());
    for (Change change : kind.changes()) {
      if (change.isWanted(given)) {
        Instant since = made.get(Made.of(call, change.name()));
        if (since == null || !isGuarded(kind.name()) && !call.answered().contains(change.name())) {
          return new Observation.Due(change.name(), Map.of());
        }
        waitFor(change.lasts(), since, call, step, change.name());
      }
    }
    waitFor(
        kind.settles(),
        firstLooks.computeIfAbsent(call.key().of(""), first -> now()),
        call,
        step,
        Timetable.SETTLING);
    return new Observation.Settled(outputs(kind, call));
  }

  private Instant now() {
    return clock.get();
  }

  private void waitFor(Spread lasts, Instant since, ActionCall call, String step, String what) {
    Duration takes = duration(lasts, call, what, script.slowness().getOrDefault(step, 1.0));
    Duration left = Duration.between(now(), since.plus(takes));
    if (left.isPositive()) {
      throw Failures.inProgress(
          what + " is under way, about " + Durations.format(left) + " left", untilNextLook(left));
    }
  }

  /** Who waits for hours looks less often. */
  private static Duration untilNextLook(Duration left) {
    return Collections.min(List.of(left, Collections.max(List.of(LOOK, left.dividedBy(3)))));
  }

  private Duration duration(Spread spread, ActionCall call, String what, double slower) {
    double drawn = draw.of(spread, Draw.lot(call.key().step(), call.key().generation(), what));
    return Duration.ofMillis((long) (drawn * 1000 * slower));
  }

  private void fail(Verb verb, ActionCall call, String step) {
    Script.Failing failing = script.failures().get(step);
    if (failing != null && failing.verb() == verb) {
      int attempt = attempts.merge(step, 1, Integer::sum);
      if (failing.fails(attempt)) {
        throw failing.failure(call.kind() + " on " + step + " in " + call.region(), attempt);
      }
    }
  }

  private @Nullable Object apply(ActionCall call, String step) {
    fail(Verb.APPLY, call, step);
    Observation.Due due = Objects.requireNonNull(call.due());
    Made change = Made.of(call, due.change());
    if (!made.containsKey(change) || !isGuarded(call.kind())) {
      make(call, change);
      if (script.lostAnswers().contains(step)) {
        throw Failures.passing(
            Failures.UNREACHABLE,
            call.kind() + " on " + step + ": the answer was lost",
            LONG_PAUSE);
      }
    }
    return null;
  }

  private void make(ActionCall call, Made change) {
    made.put(change, now());
    log.add(entry(call, change));
  }

  private Entry entry(ActionCall call, Made change) {
    return new Entry(
        now(), call.kind(), call.key().step(), change.key(), call.region(), call.with());
  }

  private @Nullable Object undo(Kind kind, ActionCall call) {
    fail(Verb.UNDO, call, call.key().step());
    for (String name : toTakeBack(kind, call)) {
      Made change = Made.of(call, name);
      if (made.remove(change) != null) {
        undone.add(entry(call, change));
      }
    }
    return call.served() && kind.recoversData() ? "its last state, in a final snapshot" : null;
  }

  /** A drill takes away whatever has a name of its own. */
  private static List<String> toTakeBack(Kind kind, ActionCall call) {
    return call.drill() && kind.makesCopiesInDrills()
        ? kind.changes().stream().map(Change::name).toList()
        : call.made().reversed().stream().map(Observation.Due::change).toList();
  }

  private Map<String, String> outputs(Kind kind, ActionCall call) {
    Map<String, String> outputs = new HashMap<>(RehearsedOutputs.of(kind, call));
    outputs.computeIfPresent(Kind.RECOVERY_POINT, (output, like) -> pointFor(call).toString());
    outputs.putAll(seen.getOrDefault(call.key().step(), Map.of()));
    return outputs;
  }

  /** The copies of a rehearsal are half an hour old. */
  private Instant pointFor(ActionCall call) {
    Instant half = now().minus(Duration.ofMinutes(30));
    Instant before = call.point().before();
    return before == null || half.isBefore(before) ? half : before;
  }

  private Readiness check(Kind kind, ActionCall call) {
    fail(Verb.CHECK, call, call.key().step());
    boolean ready = !unready.contains(call.key().step());
    return new Readiness(
        ready,
        ready ? "as far as facts tell" : "it is not ready, as the script says",
        kind.recoversData()
            ? new Readiness.RecoveryPoint(
                Objects.requireNonNullElse(call.point().id(), newest), pointFor(call))
            : null);
  }
}
