package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.plan.Kind;
import io.rekindle.plan.StandIns;
import io.rekindle.plan.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws what people say to a run. */
final class Speaker {
  /** Something of every type. */
  private static final List<String> BY_HAND =
      List.of("by-hand", "7", "true", "arn:aws:rds:us-west-2:123456789012:snapshot:by-hand");

  /** How much longer a gate is to stay open: mostly what it may be, with a blank for nothing. */
  private static final List<String> LONGER =
      List.of("10m", "30m", "30m", "2h", "2h", "11h", "9d", "soon", "");

  private final RandomGenerator random;
  private final Chance chance;
  private final RandomPlan plan;
  private final List<String> faulty;
  private final Set<String> unready;
  private final RandomGenerator acceptances;

  /**
   * @param faulty the steps that people mostly talk about
   * @param unready the steps whose checks fail
   * @param acceptances whether people accept that
   */
  Speaker(
      RandomGenerator random,
      RandomPlan plan,
      List<String> faulty,
      Set<String> unready,
      RandomGenerator acceptances) {
    this.random = random;
    this.chance = new Chance(random);
    this.plan = plan;
    this.faulty = faulty;
    this.unready = unready;
    this.acceptances = acceptances;
  }

  Decision decision() {
    return switch (random.nextInt(44)) {
      case 0, 1 -> new Decision.Pause(null, who(), run());
      case 2, 3, 4 -> new Decision.Resume(null, who(), run());
      case 5 -> new Decision.Reject(gate(), "no", who(), run());
      case 6 -> new Decision.Abort(false, "enough", who(), run());
      case 7 -> new Decision.Abort(true, "enough", who(), run());
      case 8 -> new Decision.Close(null, who(), run());
      case 9 -> new Decision.Failback(null, null, who(), run());
      case 10, 11, 12, 13, 14, 15 -> {
        String step = step();
        yield new Decision.Skip(
            step, chance.happens(0.8) ? outputs(step) : Map.of(), "it is not needed", who(), run());
      }
      case 16, 17, 18 -> done(step());
      case 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 -> approve(gate());
      case 31, 32, 33, 34 -> extend(longer(), gate());
      default -> retry(step());
    };
  }

  Decision.Approve approve(@Nullable String gate) {
    return new Decision.Approve(gate, null, chance.happens(0.2), accepted(), null, who(), run());
  }

  /** All, one or none of what fails. */
  private List<String> accepted() {
    List<String> all = unready.stream().map(step -> "check:" + step).toList();
    double mood = acceptances.nextDouble();
    return mood < 0.6 ? all : mood < 0.8 && !all.isEmpty() ? all.subList(0, 1) : List.of();
  }

  String longer() {
    return chance.one(LONGER);
  }

  /**
   * @param time blank for none
   */
  Decision.Extend extend(String time, @Nullable String gate) {
    return new Decision.Extend(gate, time.isEmpty() ? null : time, "later", who(), run());
  }

  private Decision.Done done(String step) {
    return new Decision.Done(
        step,
        chance.happens(0.3) ? outputs(step) : Map.of(),
        chance.happens(0.3) ? "https://tickets.example.com/7" : null,
        "by hand",
        who(),
        run());
  }

  private Decision.Retry retry(String step) {
    return new Decision.Retry(
        step, set(step), chance.happens(0.3), chance.happens(0.3), null, who(), run());
  }

  private Map<String, JsonNode> set(String step) {
    return chance.happens(0.05)
        ? Map.of("region", new TextNode("nowhere"))
        : chance.happens(0.4) ? correction(step) : Map.of();
  }

  /** A field or two of a step with other values that fit; empty where none is known. */
  Map<String, JsonNode> correction(String step) {
    Map<String, JsonNode> possible = plan.otherValues(step, chance.happens(0.2));
    Map<String, JsonNode> set = new TreeMap<>();
    for (int count = random.nextInt(1, 3); count > 0 && !possible.isEmpty(); count--) {
      String field = chance.one(List.copyOf(possible.keySet()));
      set.put(field, possible.get(field));
    }
    return set;
  }

  private @Nullable String gate() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> step();
      default -> chance.one(plan.gates());
    };
  }

  private String step() {
    if (chance.happens(0.03)) {
      return "nowhere";
    }
    return faulty.isEmpty() || chance.happens(0.2) ? chance.one(plan.steps()) : chance.one(faulty);
  }

  private @Nullable String who() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> RandomStory.ASKER;
      case 2, 3 -> "bert";
      case 4 -> "dora";
      default -> "anna";
    };
  }

  private @Nullable String run() {
    return chance.happens(0.04) ? "ffffff" : null;
  }

  Map<String, String> outputs(String step) {
    return outputs(plan, step);
  }

  /** What a person would give in place of what a step gives. */
  static Map<String, String> outputs(RandomPlan plan, String step) {
    Map<String, String> outputs = new HashMap<>();
    plan.step(step)
        .map(Use::kind)
        .ifPresent(kind ->
            kind.outputs()
                .forEach(output -> outputs.put(output.name(), byHand(step, kind, output))));
    return outputs;
  }

  private static String byHand(String step, Kind kind, Kind.Output output) {
    return Stream.concat(BY_HAND.stream(), Stream.of(output.like()))
        .filter(value -> new StandIns(step, Map.of(output.name(), value)).misfits(kind).isEmpty())
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing fits " + output));
  }
}
