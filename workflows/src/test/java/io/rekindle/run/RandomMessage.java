package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What people send to a run: what helps it on, and whatever else fingers can type.
 *
 * @param payload none, one or more
 */
record RandomMessage(String verb, List<@Nullable Object> payload) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> VERBS =
      Arrays.stream(Decision.class.getPermittedSubclasses())
          .flatMap(about -> Arrays.stream(about.getPermittedSubclasses()))
          .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
          .toList();
  private static final List<String> FIELDS =
      List.of(
          "gate",
          "shown",
          "accept",
          "acceptUnfenced",
          "comment",
          "by",
          "run",
          "time",
          "reason",
          "step",
          "set",
          "anew",
          "adopt",
          "outputs",
          "proof",
          "rollback",
          "plan");
  private static final List<String> NAMES =
      List.of("incident-commander", "shop-lead", "iot-lead", "accounts-lead", "platform-lead");
  private static final int HUGE = 40_000;
  private static final int DEEP = 300;

  /** Draws what is said next. */
  static final class Sender {
    private final RandomGenerator random;
    private final Chance chance;
    private final List<String> fields;

    /**
     * @param fields names of fields of the plan's steps
     */
    Sender(RandomGenerator random, List<String> fields) {
      this.random = random;
      this.chance = new Chance(random);
      this.fields = fields;
    }

    RandomMessage next(RunState state) {
      return switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> helpful(state);
        case 4 -> new RandomMessage(chance.one(VERBS), anything());
        case 5 ->
            new RandomMessage(random.nextBoolean() ? "aprove" : chance.one(fields), anything());
        default -> new RandomMessage(chance.one(VERBS), of(written(state)));
      };
    }

    private RandomMessage helpful(RunState state) {
      List<Decision> offers = new ArrayList<>();
      state.gates().stream().filter(Gate::open).forEach(gate -> offers.add(yes(gate)));
      state.tasks().forEach(task -> offers.add(done(task)));
      state.steps().stream()
          .filter(step -> step.status() == Status.BLOCKED)
          .forEach(step -> offers.add(about(step.id())));
      if (state.paused()) {
        offers.add(new Decision.Resume(null, null, null));
      }
      Decision chosen =
          offers.isEmpty() ? new Decision.Pause(null, chance.one(NAMES), null) : chance.one(offers);
      return new RandomMessage(chosen.verb(), of(chosen));
    }

    private Decision yes(Gate gate) {
      String shown = random.nextInt(4) == 0 ? chance.one(List.of(gate.shown(), text())) : null;
      return new Decision.Approve(
          gate.id(), shown, random.nextBoolean(), List.of(), null, chance.one(NAMES), null);
    }

    private Decision done(Task task) {
      return new Decision.Done(
          task.id(), Map.of(), "https://tickets.example.com/1", null, chance.one(NAMES), null);
    }

    private Decision about(String step) {
      Map<String, JsonNode> set = new HashMap<>();
      if (random.nextInt(3) == 0) {
        set.put(chance.one(fields), value(0));
      }
      return random.nextInt(4) == 0
          ? new Decision.Done(step, Map.of(chance.one(fields), text()), null, null, null, null)
          : new Decision.Retry(step, set, random.nextInt(4) == 0, false, null, null, null);
    }

    /** An object with the right names, and whatever values. */
    private ObjectNode written(RunState state) {
      ObjectNode object = JSON.objectNode();
      for (int i = random.nextInt(6); i > 0; i--) {
        object.set(chance.one(FIELDS), value(0));
      }
      if (random.nextBoolean() && !state.steps().isEmpty()) {
        object.put("step", chance.one(state.steps()).id());
      }
      if (random.nextInt(3) == 0) {
        object.set("set", JSON.objectNode().set(chance.one(fields), value(0)));
      }
      return object;
    }

    private List<@Nullable Object> anything() {
      return switch (random.nextInt(5)) {
        case 0 -> List.of();
        case 1 -> of(new byte[] {1, 2, 3});
        case 2 -> Arrays.asList(value(0), value(0));
        default -> of(value(0));
      };
    }

    private static List<@Nullable Object> of(Object payload) {
      return Arrays.asList(payload);
    }

    private JsonNode value(int depth) {
      return switch (random.nextInt(depth > 2 ? 9 : 13)) {
        case 0 -> JSON.nullNode();
        case 1 -> JSON.booleanNode(random.nextBoolean());
        case 2 -> JSON.numberNode(random.nextInt(-5, 100));
        case 3 -> JSON.numberNode(1e300 * random.nextInt());
        case 4 -> JSON.numberNode(random.nextLong());
        case 5 -> deep();
        case 6, 7, 8 -> JSON.textNode(text());
        case 9, 10 -> {
          ArrayNode array = JSON.arrayNode();
          for (int i = random.nextInt(3); i > 0; i--) {
            array.add(value(depth + 1));
          }
          yield array;
        }
        default -> {
          ObjectNode object = JSON.objectNode();
          for (int i = random.nextInt(3); i > 0; i--) {
            object.set(random.nextBoolean() ? chance.one(fields) : text(), value(depth + 1));
          }
          yield object;
        }
      };
    }

    private static JsonNode deep() {
      JsonNode node = JSON.numberNode(1);
      for (int i = 0; i < DEEP; i++) {
        node = JSON.arrayNode().add(node);
      }
      return node;
    }

    private String text() {
      return switch (random.nextInt(12)) {
        case 0 -> "";
        case 1 -> " ";
        case 2 -> "x".repeat(HUGE);
        case 3 -> "${nonsense.x}";
        case 4 -> "${param.desired}";
        case 5 -> "${";
        case 6 -> "99999999999999999999999";
        case 7 -> "30m";
        case 8 -> "🛒|\n\u0000'\"<script>";
        case 9 -> chance.one(fields);
        default -> chance.one(NAMES);
      };
    }
  }

  @Override
  public String toString() {
    String all = verb + " " + payload;
    return all.length() > 300 ? all.substring(0, 300) + "…" : all;
  }
}
