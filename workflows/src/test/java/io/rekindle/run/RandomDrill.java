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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
        Teller teller = new Teller(new Chance(random), random, plan.get());
        return new RandomDrill(seed, tree, plan.get(), teller.script(), teller.moments());
      }
    }
  }

  List<Step> taken() {
    return DrillSteps.of(plan, plan.drill(NAME).orElseThrow()).taken();
  }

  /** Draws what happens. */
  private record Teller(Chance chance, RandomGenerator random, Plan plan) {
    private static final List<Duration> PAUSES =
        List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(23),
            Duration.ofSeconds(127),
            Duration.ofSeconds(617));

    Script script() {
      return chance.script(plan.failover(), 0.15, 0.04, this::failing);
    }

    /**
     * Half of what goes wrong goes wrong when it is taken away. What is tried again for a day takes
     * long to play.
     */
    private Failing failing() {
      boolean forGood = chance.happens(0.3);
      List<FailureClass> ways =
          Stream.of(FailureClass.values()).filter(way -> !forGood || !way.passes()).toList();
      Verb verb = chance.happens(0.5) ? Verb.UNDO : chance.happens(0.5) ? Verb.OBSERVE : Verb.APPLY;
      return new Failing(forGood ? Script.FOR_GOOD : random.nextInt(1, 6), chance.one(ways), verb);
    }

    List<Moment> moments() {
      List<Moment> moments = new ArrayList<>();
      for (int count = random.nextInt(5); count > 0; count--) {
        moments.add(new Moment(chance.one(PAUSES), chance.one(List.of(Deed.values()))));
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
