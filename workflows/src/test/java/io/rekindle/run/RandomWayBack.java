package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Selection;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The shop, which has recovered, with a random way back, what goes wrong on it, and what happens
 * meanwhile: all drawn from one seed, before anything is played.
 *
 * @param tree the plan
 * @param drawn the plan whose failover became the way back
 */
record RandomWayBack(
    long seed, ObjectNode tree, Plan plan, RandomPlan drawn, Script script, List<Moment> moments) {
  /** What every step of the way back is called first. */
  static final String PREFIX = "back-";

  /** What happens after some time. */
  record Moment(Duration after, Deed deed) {}

  /** What people or fate do. */
  enum Deed {
    AGREES,
    ABORTS,
    REJECTS,
    CANCELS,
    /** A worker dies, and another one comes. */
    CRASHES,
    /** The server suggests another history. */
    GROWS_LONG,
    PAUSES,
    RESUMES
  }

  static RandomWayBack of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    while (true) {
      RandomPlan drawn = RandomPlan.of("shop", random);
      ObjectNode tree = combined(drawn);
      Optional<Plan> plan = PlanReader.read(tree).plan().filter(RandomWayBack::changesSomething);
      if (plan.isPresent() && !drawn.isWide()) {
        Teller teller = new Teller(new Chance(random), random, plan.get());
        return new RandomWayBack(seed, tree, plan.get(), drawn, teller.script(), teller.moments());
      }
    }
  }

  private static ObjectNode combined(RandomPlan drawn) {
    ObjectNode tree = PlanReader.tree(Plans.SHOP).deepCopy();
    JsonNode parameters = drawn.tree().path("parameters");
    if (!parameters.isMissingNode()) {
      tree.set("parameters", parameters);
    }
    tree.set("failback", PlanReader.tree("steps: " + renamed(drawn)).get("steps"));
    tree.withArray("failback")
        .forEach(step -> ((ObjectNode) step).remove(List.of("region", "fence")));
    return tree;
  }

  private static String renamed(RandomPlan drawn) {
    String steps = drawn.tree().get("failover").toString();
    for (String id : drawn.steps()) {
      steps =
          steps
              .replace("\"" + id + "\"", "\"" + PREFIX + id + "\"")
              .replace("${" + id + ".", "${" + PREFIX + id + ".");
    }
    return steps;
  }

  private static boolean changesSomething(Plan plan) {
    return graph(plan).steps().stream().anyMatch(step -> !step.kind().looksOnly());
  }

  StepGraph graph() {
    return graph(plan);
  }

  private static StepGraph graph(Plan plan) {
    Selection selection = Selection.of(plan, Mode.OUTAGE, Map.of(), Set.of());
    return StepGraph.of(plan.failback()).only(selection::takes);
  }

  /** What a person says of a step that is done by hand. */
  Map<String, String> outputs(String step) {
    return Speaker.outputs(drawn, step.substring(PREFIX.length()));
  }

  /** Draws what happens. */
  private record Teller(Chance chance, RandomGenerator random, Plan plan) {
    private static final List<Duration> PAUSES =
        List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(23),
            Duration.ofSeconds(127),
            Duration.ofSeconds(617),
            Duration.ofSeconds(3343));

    Script script() {
      return chance.script(plan.failback(), 0.2, 0.05, this::failing);
    }

    private Failing failing() {
      Verb verb = chance.one(List.of(Verb.OBSERVE, Verb.APPLY, Verb.UNDO));
      return new Failing(random.nextInt(1, 6), chance.one(List.of(FailureClass.values())), verb);
    }

    List<Moment> moments() {
      List<Moment> moments = new ArrayList<>();
      moments.add(new Moment(chance.one(PAUSES), Deed.AGREES));
      for (int count = random.nextInt(6); count > 0; count--) {
        moments.add(new Moment(chance.one(PAUSES), chance.one(List.of(Deed.values()))));
      }
      return List.copyOf(moments);
    }
  }

  @Override
  public String toString() {
    return "way back %d of\n%s\nwith %s\nmeanwhile %s"
        .formatted(seed, tree.toPrettyString(), script, moments);
  }
}
