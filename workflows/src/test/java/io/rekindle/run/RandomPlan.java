package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.reference.Example;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.step.compute.Config;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.plan.step.traffic.Route53;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A sound plan of three to twelve steps, rarely of many more, that hang together in any way, made
 * of the examples of kinds.
 *
 * @param knobs the parameters that it takes
 * @param drafts how many were drawn until one was sound
 */
record RandomPlan(ObjectNode tree, Plan plan, List<Knob> knobs, int drafts) {
  private static final int WIDE = 30;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<Class<? extends Declared>> USUAL =
      List.of(
          Rds.RestoreInstance.class,
          Rds.RestoreInstance.class,
          Secrets.SyncFromRds.class,
          Secrets.SyncFromRds.class,
          Ecs.ScaleService.class,
          Ecs.ScaleService.class,
          Cfn.Deploy.class,
          Config.Publish.class,
          Notify.Sns.class,
          Lambda.Invoke.class,
          Verify.Http.class,
          Verify.Sql.class,
          Control.Wait.class,
          Control.Approval.class,
          Control.Task.class,
          Route53.Upsert.class);
  private static final List<Kind> ANY =
      Kinds.all().stream().filter(kind -> !kind.isProbe()).toList();

  static RandomPlan of(String application, RandomGenerator random) {
    for (int drafts = 1; ; drafts++) {
      Draft draft = new Draft(random);
      ObjectNode tree = draft.draw(application);
      Optional<Plan> plan = PlanReader.read(tree).plan().filter(RandomPlan::doesSomething);
      if (plan.isPresent()) {
        return new RandomPlan(tree, plan.get(), List.copyOf(draft.knobs), drafts);
      }
    }
  }

  /** In whatever mode: a run that only asks and waits is not let in. */
  private static boolean doesSomething(Plan plan) {
    return plan.failover().stream()
        .filter(step -> step.modes() == null || step.modes().isEmpty())
        .map(Step::kind)
        .anyMatch(kind -> !kind.isApproval() && !kind.isWait());
  }

  List<String> steps() {
    return plan.failover().stream().map(step -> step.id()).toList();
  }

  List<String> gates() {
    return plan.failover().stream()
        .filter(step -> step.kind().isApproval())
        .map(step -> step.id())
        .toList();
  }

  Optional<Step> step(String id) {
    return plan.failover().stream().filter(step -> step.id().equals(id)).findFirst();
  }

  boolean isWide() {
    return plan.failover().size() >= WIDE;
  }

  /**
   * The fields of a step that a person could correct, each with another value that fits.
   *
   * @param digits whether texts become numbers with a zero in front
   */
  Map<String, JsonNode> otherValues(String id, boolean digits) {
    Map<String, JsonNode> others = new TreeMap<>();
    for (Step step : step(id).stream().filter(each -> !each.kind().isControl()).toList()) {
      Trees.json(step.with())
          .properties()
          .forEach(field -> {
            JsonNode other = other(field.getValue(), digits);
            if (!other.equals(field.getValue()) && fits(step, field.getKey(), other)) {
              others.put(field.getKey(), other);
            }
          });
    }
    return others;
  }

  private static JsonNode other(JsonNode value, boolean digits) {
    if (value.isTextual() && !value.asText().contains("${")) {
      return JSON.textNode(digits ? "0815" : value.asText() + "2");
    }
    return value.isInt() || value.isBigInteger() ? JSON.numberNode(value.asInt() + 1) : value;
  }

  private static boolean fits(Step step, String field, JsonNode value) {
    return Binding.bind(
            step.kind(),
            RunPlan.given(step, Map.of(field, value)),
            word -> new Node.Unknown(Place.START),
            step.id())
        .problems()
        .isEmpty();
  }

  /** One try, which need not be sound. */
  private static final class Draft {
    private static final int LONG = 60;

    private final RandomGenerator random;
    private final Chance chance;
    private final Set<Knob> knobs = EnumSet.noneOf(Knob.class);
    private boolean longIds;
    private boolean wide;
    private final Map<String, ObjectNode> steps = new LinkedHashMap<>();
    private final Map<String, Set<String>> before = new LinkedHashMap<>();

    Draft(RandomGenerator random) {
      this.random = random;
      this.chance = new Chance(random);
    }

    ObjectNode draw(String application) {
      wide = chance.happens(0.02);
      longIds = wide || chance.happens(0.05);
      if (chance.happens(0.15)) {
        add("ready", Kinds.of(Verify.Tcp.class));
      }
      gate("approve");
      int count = wide ? WIDE : random.nextInt(2, 11);
      for (int number = 1; number <= count; number++) {
        another(
            longIds
                ? ("step" + number + "-").concat("x".repeat(LONG)).substring(0, LONG)
                : "step" + number);
      }
      verifyTraffic();
      ObjectNode plan = PlanReader.tree(head(application)).deepCopy();
      if (!knobs.isEmpty()) {
        ObjectNode parameters = plan.putObject("parameters");
        knobs.forEach(knob -> knob.declareIn(parameters));
      }
      plan.putArray("failover").addAll(steps.values());
      return plan;
    }

    private String turned(Knob knob) {
      knobs.add(knob);
      return "${param." + knob.word() + "}";
    }

    private String head(String application) {
      return "application: "
          + application
          + "\nregions: { primary: us-east-2, recovery: us-west-2 }\n"
          + (chance.happens(0.3)
              ? "notify:\n  - uses: notify.sns\n    with: { topic:"
                  + " \"arn:aws:sns:us-west-2:123456789012:incidents\" }\n"
              : "")
          + (chance.happens(0.4)
              ? "assess:\n  probes:\n    - { id: site, uses: probe.http, with: { url:"
                  + " \"https://shop.example.com/health\" } }\n"
              : "");
    }

    private void another(String id) {
      Kind kind = chance.happens(0.75) ? Kinds.of(chance.one(USUAL)) : chance.one(ANY);
      if (kind.isApproval()) {
        needs(gate(id), id);
        return;
      }
      ObjectNode step = add(id, kind);
      needs(step, id);
      fill(step, kind, id);
      if (!kind.isControl()) {
        options(step, kind);
      }
    }

    private ObjectNode gate(String id) {
      ObjectNode gate = add(id, Kinds.of(Control.Approval.class));
      ObjectNode with = gate.putObject("with");
      with.put("question", "Go on?");
      with.put(
          "expires",
          chance.happens(0.1) ? turned(Knob.OPEN) : chance.one(List.of("1h", "12h", "12h")));
      if (chance.happens(0.1)) {
        with.put("quorum", turned(Knob.QUORUM));
      } else if (chance.happens(0.2)) {
        with.put("quorum", random.nextInt(2, 4));
      }
      if (chance.happens(0.1)) {
        with.putArray("approvers").add(turned(Knob.LEAD)).add("dora");
      } else if (chance.happens(0.2)) {
        with.putArray("approvers").add("anna").add("bert").add("dora");
      }
      if (chance.happens(0.1)) {
        with.put("requesterMayApprove", true);
      }
      return gate;
    }

    private ObjectNode add(String id, Kind kind) {
      ObjectNode example =
          (ObjectNode) PlanReader.tree(Example.of(kind).orElseThrow().text()).deepCopy();
      example.remove("modes");
      example.remove("fence");
      example.put("id", id);
      before.put(id, new HashSet<>(lastWithItsPast()));
      steps.put(id, example);
      return example;
    }

    private Set<String> lastWithItsPast() {
      return steps.isEmpty() ? Set.of() : with(List.copyOf(steps.keySet()).getLast());
    }

    private Set<String> with(String step) {
      Set<String> all = new HashSet<>(before.getOrDefault(step, Set.of()));
      all.add(step);
      return all;
    }

    /** The one above, or only the first gate, or a few of those before. */
    private void needs(ObjectNode step, String id) {
      if (!wide && chance.happens(0.25)) {
        return;
      }
      List<String> earlier = new ArrayList<>(steps.keySet());
      earlier.remove(id);
      earlier.remove("ready");
      Set<String> needs = new HashSet<>();
      for (int count = random.nextInt(wide ? 2 : 4); count > 0; count--) {
        needs.add(chance.one(earlier));
      }
      var written = step.putArray("needs");
      Set<String> past = new HashSet<>(with("approve"));
      needs.stream()
          .sorted()
          .forEach(need -> {
            written.add(need);
            past.addAll(with(need));
          });
      before.put(id, past);
    }

    private void fill(ObjectNode step, Kind kind, String id) {
      ObjectNode with = (ObjectNode) step.get("with");
      if (with.path("target").isTextual()) {
        with.put("target", "orders-" + steps.size());
      }
      Optional<String> database =
          before.getOrDefault(id, Set.of()).stream().filter(this::isDatabase).sorted().findFirst();
      if (kind.type() == Secrets.SyncFromRds.class) {
        database.ifPresent(it -> with.put("instance", "${" + it + ".instance}"));
      } else if (kind.type() == Cfn.Deploy.class && chance.happens(0.4)) {
        ((ObjectNode) with.get("parameters")).put("Code", turned(Knob.CODE));
      } else if (kind.type() == Lambda.Invoke.class && chance.happens(0.4)) {
        ((ObjectNode) with.get("payload")).put("account", turned(Knob.CODE));
      } else if (kind.type() == Config.Publish.class && chance.happens(0.5)) {
        with.remove("values");
      } else if (kind.type() == Config.Publish.class) {
        database.ifPresent(
            it -> with.set("values", JSON.objectNode().put("db/host", "${" + it + ".endpoint}")));
      } else if (kind.type() == Ecs.ScaleService.class && chance.happens(0.5)) {
        with.remove("autoscaling");
        if (chance.happens(0.2)) {
          with.put("desired", turned(Knob.DESIRED));
          with.remove("minHealthyTargets");
        }
      } else if (kind.type() == Control.Wait.class && chance.happens(0.3)) {
        with.put("for", turned(Knob.PAUSE));
      }
    }

    private boolean isDatabase(String id) {
      ObjectNode step = steps.getOrDefault(id, JSON.objectNode());
      return step.path("uses").asText().equals(Kinds.of(Rds.RestoreInstance.class).name())
          && !step.has("bestEffort")
          && !step.has("when")
          && !step.has("modes");
    }

    private void options(ObjectNode step, Kind kind) {
      boolean fences = kind.hasRole(Role.COMPUTE) || step.path("region").asText().equals("primary");
      if (fences && !kind.isGlobal() && chance.happens(0.3)) {
        step.put("region", "primary").put("fence", true).put("timeout", "10m");
        return;
      }
      if (chance.happens(0.1)) {
        step.put("bestEffort", true);
      } else if (chance.happens(0.03)) {
        step.put("onFailure", "abort");
      }
      if (chance.happens(0.2)) {
        step.put("timeout", chance.one(List.of("20s", "2m", "15m", "1h")));
      }
      if (chance.happens(0.05)) {
        turned(Knob.LEVEL);
        step.putObject("when").put(Knob.LEVEL.word(), "full");
      }
      if (chance.happens(0.05)) {
        step.putArray("modes").add(chance.one(List.of("outage", "planned")));
      }
      if (kind.type() == Lambda.Invoke.class && chance.happens(0.2)) {
        step.put("traffic", true);
      }
    }

    /** Whoever moves traffic looks afterwards whether it arrived. */
    private void verifyTraffic() {
      List<String> moving =
          steps.entrySet().stream()
              .filter(step -> moves(step.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      if (!moving.isEmpty()) {
        var needs = add("public", Kinds.of(Verify.Http.class)).putArray("needs");
        moving.forEach(needs::add);
      }
    }

    private static boolean moves(ObjectNode step) {
      return step.has("traffic")
          || Kinds.named(step.path("uses").asText()).orElseThrow().hasRole(Role.TRAFFIC);
    }
  }

  @Override
  public String toString() {
    return Trees.json(Trees.node(tree)).toPrettyString();
  }
}
