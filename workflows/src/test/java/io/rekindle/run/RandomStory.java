package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Facts;
import io.rekindle.rehearse.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan, what goes wrong with it, and what people do when: all drawn from one seed, before
 * anything is played.
 *
 * @param asked what the run is asked for with
 * @param ills the steps whose changes come out wrong, until a person corrects what they were given
 * @param longHistory after how many events the run shall continue as new
 * @param diesAfter the change after which a worker dies before it can answer; zero for none
 */
record RandomStory(
    long seed,
    RandomPlan plan,
    Mode mode,
    Asked asked,
    Script script,
    Map<String, Cure> ills,
    List<Moment> moments,
    long longHistory,
    int diesAfter,
    Attendance attendance) {

  /** Whoever starts the run, and the only one who never counts at its gates. */
  static final String ASKER = "asker";

  /**
   * What a run is asked for with, beside its plan.
   *
   * @param impactAgo how long before the start it began to hurt; negative for one that lies ahead
   */
  record Asked(
      Map<String, String> set,
      List<String> without,
      Map<String, Map<String, String>> outputs,
      @Nullable Duration impactAgo) {

    Asked without(Knob knob) {
      Map<String, String> less = new TreeMap<>(set);
      less.remove(knob.word());
      return new Asked(less, without, outputs, impactAgo);
    }
  }

  /**
   * What puts a step right.
   *
   * @param set fields with other values
   * @param anew whether the operator then makes it anew
   */
  record Cure(Map<String, JsonNode> set, boolean anew) {
    boolean hasCured(JsonNode with) {
      return set.entrySet().stream()
          .allMatch(field -> field.getValue().equals(with.get(field.getKey())));
    }
  }

  /** Who comes in the end. */
  enum Attendance {
    NOBODY,
    PATIENT,
    /** As soon as something was put right, all is to be taken back. */
    TURNS_BACK
  }

  boolean isAttended() {
    return attendance != Attendance.NOBODY;
  }

  /** What happens after some time. */
  record Moment(Duration after, Deed deed) {
    boolean isCrash() {
      return deed instanceof Deed.Crash;
    }

    private boolean corrects() {
      return switch (deed) {
        case Deed.Says says -> corrects(says.decision());
        case Deed.Crash crash -> crash.meanwhile().stream().anyMatch(Moment::corrects);
        case Deed.PrimaryTurns turns -> false;
        case Deed.Cancels cancels -> false;
      };
    }

    private static boolean corrects(Decision decision) {
      return decision instanceof Decision.Retry retry && !retry.set().isEmpty();
    }
  }

  /** What people or fate do. */
  sealed interface Deed {
    /**
     * @param waiting whether whoever says it waits for the answer
     */
    record Says(Decision decision, boolean waiting) implements Deed {}

    /** The worker dies, and another one comes after these signals. */
    record Crash(List<Decision> meanwhile) implements Deed {}

    /** It goes dark, or comes back. */
    record PrimaryTurns() implements Deed {}

    record Cancels() implements Deed {}
  }

  static RandomStory of(long seed) {
    return new Teller(seed).tell(seed);
  }

  /** Draws a story. */
  private static final class Teller {
    /** Odd ones, so that people and timers seldom meet: the embedded server stumbles over that. */
    private static final List<Duration> PAUSES =
        List.of(
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofSeconds(19),
            Duration.ofSeconds(23),
            Duration.ofSeconds(127),
            Duration.ofSeconds(617),
            Duration.ofSeconds(3343));

    /** Longer than some questions stay open. */
    private static final Duration EVENING = Duration.ofSeconds(5_417);

    private final RandomGenerator random;
    private final Chance chance;
    private final RandomPlan plan;
    private final List<String> faulty = new ArrayList<>();
    private final Set<String> unready;
    private final Map<String, Cure> ills = new TreeMap<>();
    private final Speaker people;

    Teller(long seed) {
      this.random = new SplittableRandom(seed);
      this.chance = new Chance(random);
      this.plan = RandomPlan.of("story-" + seed, random);
      RandomGenerator checks = new SplittableRandom(~seed);
      this.unready = unready(checks);
      this.people = new Speaker(random, plan, faulty, unready, checks);
    }

    /** Drawn apart, so that the rest of a story does not depend on it. */
    private Set<String> unready(RandomGenerator checks) {
      Set<String> steps = new TreeSet<>();
      for (int count = checks.nextDouble() < 0.1 ? checks.nextInt(1, 4) : 0; count > 0; count--) {
        steps.add(plan.steps().get(checks.nextInt(plan.steps().size())));
      }
      return steps;
    }

    RandomStory tell(long seed) {
      Script script = script();
      RandomStory story =
          new RandomStory(
              seed,
              plan,
              chance.happens(0.3) ? Mode.PLANNED : Mode.OUTAGE,
              asked(),
              script,
              ills(),
              moments(),
              chance.happens(0.3) ? random.nextLong(30, 150) : Long.MAX_VALUE,
              chance.happens(0.025) ? random.nextInt(1, 8) : 0,
              attendance());
      return chance.happens(0.1) ? story.beginningWith(evening()) : story;
    }

    /** Whoever can decide is on the way, and the question is to wait for that. */
    private List<Moment> evening() {
      return List.of(
          new Moment(
              chance.one(PAUSES), new Deed.Says(people.extend(people.longer(), "approve"), true)),
          new Moment(EVENING, new Deed.Says(people.approve("approve"), true)));
    }

    private Attendance attendance() {
      return chance.happens(0.1)
          ? Attendance.NOBODY
          : chance.happens(0.6) && !ills.isEmpty() ? Attendance.TURNS_BACK : Attendance.PATIENT;
    }

    private Asked asked() {
      Map<String, String> set = new TreeMap<>();
      for (Knob knob : plan.knobs()) {
        if (chance.happens(0.4)) {
          set.put(knob.word(), chance.one(knob.good()));
        } else if (chance.happens(0.08) && !knob.bad().isEmpty()) {
          set.put(knob.word(), chance.one(knob.bad()));
        }
      }
      List<String> without = new ArrayList<>();
      Map<String, Map<String, String>> given = new HashMap<>();
      if (chance.happens(0.06)) {
        String step = chance.one(plan.steps());
        if (!plan.gates().contains(step)) {
          without.add(step);
          given.put(step, people.outputs(step));
        }
      }
      return new Asked(
          set,
          without,
          given,
          chance.happens(0.2)
              ? Duration.ofMinutes(random.nextInt(1, 90))
              : chance.happens(0.01) ? Duration.ofHours(-1) : null);
    }

    private Map<String, Cure> ills() {
      for (Step step : plan.plan().failover()) {
        Map<String, JsonNode> set = people.correction(step.id());
        if (!step.kind().looksOnly() && !set.isEmpty() && chance.happens(0.08)) {
          ills.put(step.id(), new Cure(set, chance.happens(0.2)));
          faulty.add(step.id());
        }
      }
      return Map.copyOf(ills);
    }

    private Script script() {
      Map<String, Script.Failing> failures = new HashMap<>();
      Map<String, Double> slowness = new HashMap<>();
      Set<String> lost = new HashSet<>();
      Set<String> foreign = new HashSet<>();
      Set<String> broken = new HashSet<>();
      boolean disaster = chance.happens(plan.isWide() ? 0.5 : 0.01);
      for (Step each : plan.plan().failover()) {
        String step = each.id();
        slowness.put(step, chance.happens(0.04) ? 2 : random.nextDouble(0.01, 0.06));
        if (chance.happens(isGuarded(each) ? 0.25 : 0.02)) {
          lost.add(step);
        }
        switch (disaster ? 5 : random.nextInt(16)) {
          case 0, 1, 2, 3 -> failures.put(step, failing());
          case 4 -> foreign.add(step);
          case 5 -> broken.add(step);
          default -> {
            continue;
          }
        }
        faulty.add(step);
      }
      return new Script(
          Map.copyOf(failures),
          Map.copyOf(slowness),
          Set.copyOf(lost),
          Set.copyOf(foreign),
          Set.copyOf(broken),
          Set.of(),
          Set.of(),
          Set.copyOf(unready));
    }

    /** Sooner or later a person may have to look, or only patience is needed. */
    private Script.Failing failing() {
      int times = chance.happens(0.25) ? Script.FOR_GOOD : random.nextInt(1, 6);
      return new Script.Failing(
          times,
          chance.one(List.of(FailureClass.values())),
          chance.happens(0.6) ? Verb.OBSERVE : Verb.APPLY);
    }

    /** Without a guard a lost answer is asked for again and again, which takes long to play. */
    private static boolean isGuarded(Step step) {
      return step.kind().facts().guard() != Facts.Guard.NONE;
    }

    private List<Moment> moments() {
      List<Moment> moments = new ArrayList<>();
      if (chance.happens(0.85)) {
        moments.add(new Moment(chance.one(PAUSES), new Deed.Says(people.approve("approve"), true)));
      }
      int count = random.nextInt(12);
      for (int i = 0; i < count; i++) {
        Moment moment = new Moment(chance.one(PAUSES), deed());
        moments.add(moment);
        if (chance.happens(0.1)) {
          moments.add(new Moment(Duration.ZERO, moment.deed()));
        }
      }
      return List.copyOf(moments);
    }

    private Deed deed() {
      return switch (random.nextInt(20)) {
        case 0, 1, 2 -> {
          List<Decision> meanwhile = new ArrayList<>();
          for (int i = random.nextInt(3); i > 0; i--) {
            meanwhile.add(people.decision());
          }
          yield new Deed.Crash(List.copyOf(meanwhile));
        }
        case 3 -> new Deed.PrimaryTurns();
        case 4 -> chance.happens(0.2) ? new Deed.Cancels() : new Deed.Says(people.decision(), true);
        default -> new Deed.Says(people.decision(), chance.happens(0.6));
      };
    }
  }

  FailoverRequest request(Instant now) {
    return new FailoverRequest(
        plan.tree(),
        mode,
        "test",
        null,
        asked.set(),
        asked.without(),
        asked.outputs(),
        Map.of(),
        null,
        null,
        impact(now),
        ASKER,
        false);
  }

  /** The same, in which nobody gives a field another value. */
  RandomStory withoutCorrections() {
    return with(Map.of(), moments.stream().filter(moment -> !moment.corrects()).toList());
  }

  private RandomStory beginningWith(List<Moment> first) {
    return with(ills, Stream.concat(first.stream(), moments.stream()).toList());
  }

  private RandomStory with(Map<String, Cure> others, List<Moment> then) {
    return new RandomStory(
        seed, plan, mode, asked, script, others, then, longHistory, diesAfter, attendance);
  }

  private @Nullable Instant impact(Instant now) {
    Duration ago = asked.impactAgo();
    return ago == null ? null : now.minus(ago);
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add("story " + seed + " of");
    lines.add(plan.toString());
    lines.add("in mode " + mode + ", asked for with " + asked + ", with " + script);
    lines.add(
        "ill: %s; long after %d, dies after %d, in the end %s"
            .formatted(ills, longHistory, diesAfter, attendance));
    moments.forEach(moment -> lines.add("after " + moment.after() + " " + moment.deed()));
    return String.join("\n", lines);
  }
}
