package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import java.util.Optional;
import java.util.function.Consumer;

/** Each store says which step brings it back, or why it is lost; both cannot be. */
final class Stores implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    draft.plan().stores().forEach(store -> store(draft, store, report));
  }

  private static void store(Draft draft, Plan.Store store, Consumer<Problem> report) {
    String where = "stores." + store.id();
    if (store.step() != null && store.copy() != null) {
      report.accept(
          Problem.at(
              store.source().placeOf("copy"), where, "give 'step' or 'copy: none', not both"));
    }
    if (store.copy() != null
        && store.step() == null
        && store.accepted() == null
        && store.source().get("accepted").isEmpty()
        && !Draft.hasMisspeltKey(store.source(), Plan.Store.class)) {
      report.accept(
          Problem.at(
              store.source().placeOf("copy"),
              where,
              "'copy: none' needs 'accepted', the reason why this data may be lost"));
    }
    if (store.step() != null) {
      restored(draft, store, store.step(), where, report);
    }
    seldomCopied(draft.plan(), store, where, report);
  }

  /** What is written after a copy is lost until the next one has arrived, which takes time too. */
  private static void seldomCopied(
      Plan plan, Plan.Store store, String where, Consumer<Problem> report) {
    Plan.Objectives objectives = plan.objectives();
    if (store.every() == null || objectives == null || objectives.rpo() == null) {
      return;
    }
    if (objectives.rpo().compareTo(store.every()) <= 0) {
      report.accept(
          Problem.at(
              store.source().placeOf("every"),
              where,
              "a copy every %s cannot keep the rpo of %s: what was written since the last copy is lost until the next one has arrived; copy more often, or say a longer rpo"
                  .formatted(Durations.format(store.every()), Durations.format(objectives.rpo()))));
    }
  }

  private static void restored(
      Draft draft, Plan.Store store, String id, String where, Consumer<Problem> report) {
    if (!draft.graph(Section.FAILOVER).has(id)) {
      Optional<String> nearest =
          Nearest.to(id, draft.graph(Section.FAILOVER).steps().stream().map(Step::id).toList());
      if (draft.isMistaken(id, nearest)) {
        report.accept(
            Problem.at(
                    store.source().placeOf("step"), where, "there is no failover step '" + id + "'")
                .meaning(nearest));
      }
      return;
    }
    Optional<Kind> kind = draft.step(id).flatMap(Use::knownKind);
    if (kind.isPresent() && !kind.get().hasRole(Facts.Role.DATA)) {
      report.accept(
          Problem.at(
              store.source().placeOf("step"),
              where,
              "step '" + id + "' restores no data (" + kind.get().name() + ")"));
    }
    draft
        .step(id)
        .filter(step -> step.mayFail() || !Draft.runsAlways(step))
        .ifPresent(step ->
            report.accept(
                Problem.at(
                    store.source().placeOf("step"),
                    where,
                    "step '" + id + "' might not restore the data: some failovers do not run it")));
  }
}
