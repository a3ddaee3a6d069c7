package io.rekindle.plan.check;

import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.value.Name;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Names are well formed, not reserved, and given once. */
final class Ids implements Check {
  private static final Set<String> RESERVED = Set.of("primary", "recovery", "param", "run");

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    Plan plan = draft.plan();
    Map<String, Place> ids = new HashMap<>();
    plan.probes()
        .forEach(probe -> check(probe.id(), probe.source(), "id", "assess.probes", ids, report));
    plan.failover().forEach(step -> check(step.id(), step.source(), "id", "failover", ids, report));
    plan.failback().forEach(step -> check(step.id(), step.source(), "id", "failback", ids, report));
    Map<String, Place> stores = new HashMap<>();
    plan.stores()
        .forEach(store -> check(store.id(), store.source(), "id", "stores", stores, report));
    Map<String, Place> drills = new HashMap<>();
    plan.drills()
        .forEach(drill -> check(drill.name(), drill.source(), "name", "drills", drills, report));
    parameters(plan, report);
  }

  private static void check(
      String id,
      Node.Fields source,
      String field,
      String where,
      Map<String, Place> former,
      Consumer<Problem> report) {
    if (id.isEmpty()) {
      return;
    }
    Place place = source.placeOf(field);
    if (RESERVED.contains(id)) {
      report.accept(
          Problem.at(place, where, "the " + field + " '" + id + "' is reserved for expressions"));
    } else {
      wellFormed(id, place, where, report);
    }
    Place first = former.putIfAbsent(id, place);
    if (first != null) {
      report.accept(
          Problem.at(
              place,
              where,
              "the " + field + " '" + id + "' is given twice; the first is at " + first));
    }
  }

  private static void wellFormed(String id, Place place, String where, Consumer<Problem> report) {
    try {
      new Name(id);
    } catch (IllegalArgumentException malformed) {
      report.accept(Problem.at(place, where, "'" + id + "' " + malformed.getMessage()));
    }
  }

  private static void parameters(Plan plan, Consumer<Problem> report) {
    plan.source()
        .fieldsOf("parameters")
        .forEach(field -> wellFormed(field.name(), field.place(), "parameters", report));
  }
}
