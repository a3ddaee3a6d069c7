package io.rekindle.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A drill of a random plan, what goes wrong with it, and what happens meanwhile: all drawn from one
 * seed, before anything is played.
 *
 * @param tree the plan, with the drill in it
 */
record RandomDrill(long seed, ObjectNode tree, Plan plan, Script script, List<Moment> moments) {
  static final String NAME = "all";

  /** What happens after some time. */
  record Moment(Duration after, Deed deed) {}

  /** What people or fate do. */
  enum Deed {
    ABORTS,
    CANCELS,
    /** A worker dies, and another one comes. */
    CRASHES,
    /** Somebody fails the application over, for real. */
    FAILS_OVER,
    /** The server suggests another history. */
    GROWS_LONG,
    PAUSES,
    RESUMES
  }

  static RandomDrill of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    while (true) {
      ObjectNode tree = RandomPlan.of("drill-" + seed, random).tree().deepCopy();
      tree.putArray("drills").addObject().put("name", NAME).put("cron", "0 5 1 * *");
      Optional<Plan> plan = PlanReader.read(tree).plan();
      if (plan.isPresent()) {
        Teller teller = new Teller(random, plan.get());
        return new RandomDrill(seed, tree, plan.get(), teller.script(), teller.moments());
      }
    }
  }

  List<Step> taken() {
    return DrillSteps.of(plan, plan.drill(NAME).orElseThrow()).taken();
  }

  /** Draws what happens. */
  private record Teller(RandomGenerator random, Plan plan) {
    private static final List<Duration> PAUSES =
        List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(23),
            Duration.ofSeconds(127),
            Duration.ofSeconds(617));

    private boolean happens(double chance) {
      return random.nextDouble() < chance;
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    Script script() {
      Map<String, Failing> failures = new HashMap<>();
      Map<String, Double> slowness = new HashMap<>();
      Set<String> lost = new TreeSet<>();
      Set<String> foreign = new TreeSet<>();
      for (Step step : plan.failover()) {
        slowness.put(step.id(), random.nextDouble(0.01, 0.06));
        if (happens(0.2)) {
          lost.add(step.id());
        }
        if (happens(0.15)) {
          failures.put(step.id(), failing());
        } else if (happens(0.04)) {
          foreign.add(step.id());
        }
      }
      return new Script(failures, slowness, lost, foreign, Set.of(), Set.of(), Set.of(), Set.of());
    }

    /**
     * Half of what goes wrong goes wrong when it is taken away. What is tried again for a day takes
     * long to play.
     */
    private Failing failing() {
      boolean forGood = happens(0.3);
      List<FailureClass> ways =
          Stream.of(FailureClass.values()).filter(way -> !forGood || !way.passes()).toList();
      Verb verb = happens(0.5) ? Verb.UNDO : happens(0.5) ? Verb.OBSERVE : Verb.APPLY;
      return new Failing(forGood ? Script.FOR_GOOD : random.nextInt(1, 6), one(ways), verb);
    }

    List<Moment> moments() {
      List<Moment> moments = new ArrayList<>();
      for (int count = random.nextInt(5); count > 0; count--) {
        moments.add(new Moment(one(PAUSES), one(List.of(Deed.values()))));
      }
      return List.copyOf(moments);
    }
  }

  @Override
  public String toString() {
    return "drill %d of\n%s\nwith %s\nmeanwhile %s"
        .formatted(seed, tree.toPrettyString(), script, moments);
  }
}
