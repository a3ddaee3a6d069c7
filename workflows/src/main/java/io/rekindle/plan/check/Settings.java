package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.Step.OnFailure;
import io.rekindle.plan.shape.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A step's settings make sense together: above all, a fence closes the old side and never the new
 * one.
 */
final class Settings implements Check {
  private static final Map<String, String> UNHEEDED =
      Map.of(
          "timeout", "has no budget: it lasts as long as its 'with' says, or until people answer",
          "onFailure", "cannot fail",
          "region", "acts in no Region");

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    draft.plan().failover().forEach(step -> step(draft, Section.FAILOVER, step, report));
    draft.plan().failback().forEach(step -> step(draft, Section.FAILBACK, step, report));
    objectives(draft.plan(), report);
  }

  private static void step(Draft draft, Section section, Step step, Consumer<Problem> report) {
    Optional<Kind> kind = step.knownKind();
    if (step.fence() && kind.isPresent() && !kind.get().isControl()) {
      fence(draft, section, step, kind.get(), report);
    }
    kind.ifPresent(known -> unheeded(draft, step, known, report));
    if (step.mayFail() && step.onFailure() == OnFailure.ABORT) {
      report.accept(
          Problem.at(
              step.source().placeOf("onFailure"),
              draft.path(step),
              "a "
                  + (step.fence() ? "fence" : "best effort step")
                  + " never aborts the run: remove 'onFailure'"));
    }
  }

  /** What nobody would obey misleads whoever reads the plan. */
  private static void unheeded(Draft draft, Step step, Kind kind, Consumer<Problem> report) {
    if (kind.isControl()) {
      UNHEEDED.forEach((field, why) -> {
        if (step.source().get(field).isPresent()) {
          refuse(draft, step, field, kind.name() + " " + why, report);
        }
      });
    }
    if (step.traffic() && kind.looksOnly()) {
      refuse(
          draft, step, "traffic", kind.name() + " changes nothing, so it moves no traffic", report);
    }
  }

  private static void refuse(
      Draft draft, Step step, String field, String why, Consumer<Problem> report) {
    report.accept(
        Problem.at(
            step.source().placeOf(field), draft.path(step), why + ": remove '" + field + "'"));
  }

  private static void fence(
      Draft draft, Section section, Step step, Kind kind, Consumer<Problem> report) {
    if (kind.looksOnly()) {
      report.accept(
          Problem.at(
              step.source().placeOf("fence"),
              draft.path(step),
              kind.name() + " changes nothing, so it cannot be a fence"));
    } else if (!kind.isGlobal() && draft.side(step) == section.side()) {
      Side old = section.side() == Side.RECOVERY ? Side.PRIMARY : Side.RECOVERY;
      report.accept(
          Problem.at(
              step.source().placeOf("fence"),
              draft.path(step),
              "this fence would close the side that is to serve: write 'region: "
                  + Draft.word(old)
                  + "'"));
    }
  }

  private static void objectives(Plan plan, Consumer<Problem> report) {
    Plan.Objectives objectives = plan.objectives();
    if (objectives != null && Duration.ZERO.equals(objectives.rto())) {
      report.accept(
          Problem.at(
              plan.source().placeOf("objectives"), "objectives", "rto must be longer than 0s"));
    }
  }
}
