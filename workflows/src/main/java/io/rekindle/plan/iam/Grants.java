package io.rekindle.plan.iam;

import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that a plan needs, by who needs it. */
final class Grants {
  private static final String PROOF = "the proof that nothing is left";

  private final Plan plan;
  private final SortedMap<Holder, Set<Grant>> byHolder = new TreeMap<>();

  private Grants(Plan plan) {
    this.plan = plan;
  }

  /**
   * @param set values of parameters; a step that they leave out needs nothing
   */
  static SortedMap<Holder, Set<Grant>> of(Plan plan, Map<String, String> set) {
    Map<String, Node> values = new HashMap<>();
    plan.parameters()
        .forEach((name, parameter) -> {
          String given = set.get(name);
          if (given != null) {
            values.put(name, parameter.given(given));
          }
        });
    Grants grants = new Grants(plan);
    for (Region recovery : plan.regions().recovery()) {
      grants.ofRun(Setting.ofRun(plan, recovery, values), set);
    }
    plan.drills().forEach(drill -> grants.ofDrill(drill, Setting.ofDrill(plan, drill, values)));
    grants.ofWorker();
    return grants.byHolder;
  }

  private void ofRun(Setting run, Map<String, String> set) {
    List<Use> before = new ArrayList<>(plan.probes());
    List<Use> there = new ArrayList<>(plan.notices());
    plan.failover().stream()
        .filter(step -> step.runsIn(Mode.OUTAGE) || step.runsIn(Mode.PLANNED))
        .filter(step -> isTaken(step, set))
        .forEach(there::add);
    before.addAll(there);
    before.stream()
        .filter(use -> !(use instanceof Plan.Notice))
        .forEach(use -> look(Duty.READINESS, use, run));
    before.forEach(use -> add(isOfOldSide(use) ? Duty.FENCE : Duty.RECOVERY, use, run));
    if (!plan.failback().isEmpty()) {
      plan.notices().forEach(notice -> add(Duty.FAILBACK, notice, run));
    }
    plan.failback().stream()
        .filter(step -> isTaken(step, set))
        .forEach(step -> add(Duty.FAILBACK, step, run));
  }

  private void ofDrill(Plan.Drill drill, Setting setting) {
    List<Step> steps = DrillSteps.of(plan, drill).taken();
    if (drill.check()) {
      steps.forEach(step -> look(Duty.READINESS, step, setting));
    } else {
      plan.notices().forEach(notice -> add(Duty.DRILL, notice, setting));
      steps.forEach(step -> add(Duty.DRILL, step, setting));
      steps.stream()
          .filter(step -> !step.kind().looksOnly() && !step.kind().isGlobal())
          .forEach(step -> add(Duty.DRILL, step, setting, PROOF, Grants::seesAll, grant -> true));
    }
  }

  /** By what is there, and by the tags of what is anywhere. */
  private static List<Permission> seesAll(Action action, Realm at) {
    List<Permission> all = new ArrayList<>();
    if (action instanceof Action.Listed listed) {
      all.addAll(listed.inventory(at));
    }
    all.add(Permission.look("tag:GetResources", Realm.ANYTHING));
    return all;
  }

  /** Of every role it takes on. */
  private void ofWorker() {
    Set<Grant> taken = new LinkedHashSet<>();
    for (Holder holder : byHolder.keySet()) {
      if (holder.role() != null) {
        taken.add(
            new Grant(
                "sts:AssumeRole",
                holder.role().value(),
                Scope.FREE,
                "every run",
                Need.CHANGE,
                "take on the role"));
      }
    }
    if (!taken.isEmpty()) {
      byHolder.put(new Holder(Duty.WORKER, null), taken);
    }
  }

  private static boolean isTaken(Step step, Map<String, String> set) {
    return step.when().entrySet().stream()
        .allMatch(condition ->
            condition
                .getValue()
                .equals(set.getOrDefault(condition.getKey(), condition.getValue())));
  }

  private static boolean isOfOldSide(Use use) {
    return use.region() == Side.PRIMARY || use instanceof Step step && step.fence();
  }

  /** What is looked at may be encrypted. */
  private void look(Duty duty, Use use, Setting setting) {
    add(
        duty,
        use,
        setting,
        grant -> grant.need() == Need.LOOK || grant.action().equals("kms:Decrypt"));
  }

  private void add(Duty duty, Use use, Setting setting) {
    add(duty, use, setting, grant -> true);
  }

  private void add(Duty duty, Use use, Setting setting, Predicate<Grant> wanted) {
    add(duty, use, setting, spot(use), Action::permissions, wanted);
  }

  private void add(
      Duty duty,
      Use use,
      Setting setting,
      String spot,
      BiFunction<Action, Realm, List<Permission>> asks,
      Predicate<Grant> wanted) {
    Optional<Action> asked = setting.action(use, spot);
    if (asked.isEmpty()) {
      return;
    }
    Region region = region(use, setting);
    Arn role = role(use, asked.get(), region);
    Realm at = new Realm(region.region(), role == null ? "*" : role.account(), setting.drill());
    List<Grant> needed =
        Grant.of(use.kind(), asks.apply(asked.get(), at), at, plan.application().value(), spot)
            .stream()
            .filter(wanted)
            .toList();
    if (!needed.isEmpty()) {
      byHolder.computeIfAbsent(new Holder(duty, role), key -> new LinkedHashSet<>()).addAll(needed);
    }
  }

  private Region region(Use use, Setting setting) {
    Side written = use.region();
    Section section =
        use instanceof Step step && plan.failback().contains(step)
            ? Section.FAILBACK
            : Section.FAILOVER;
    return use.kind().isGlobal()
        ? setting.recovery()
        : setting.region(written == null ? section.side() : written);
  }

  private static @Nullable Arn role(Use use, Action action, Region region) {
    if (!use.kind().isGlobal()) {
      return region.role();
    }
    return action instanceof Action.Anywhere anywhere ? anywhere.role() : null;
  }

  private static String spot(Use use) {
    return switch (use) {
      case Step step -> step.id();
      case Plan.Evidence probe -> "probe " + probe.id();
      case Plan.Notice notice -> notice.uses();
    };
  }
}
