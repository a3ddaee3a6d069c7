package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every kind exists and may be used where it stands; conditions test declared parameters. */
final class Uses implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    draft
        .plan()
        .uses()
        .filter(use -> !use.uses().isEmpty())
        .forEach(use -> use(draft, use, report));
    draft
        .plan()
        .uses()
        .forEach(use -> {
          if (use instanceof Step step) {
            conditions(draft, step, report);
          }
        });
  }

  private static void use(Draft draft, Use use, Consumer<Problem> report) {
    Optional<Kind> kind = use.knownKind();
    if (kind.isEmpty()) {
      report.accept(
          Problem.at(
                  Draft.placeOf(use, "uses"), draft.path(use), "unknown kind '" + use.uses() + "'")
              .meaning(Nearest.to(use.uses(), suitable(use))));
      return;
    }
    misplaced(use, kind.get())
        .ifPresent(sentence ->
            report.accept(Problem.at(Draft.placeOf(use, "uses"), draft.path(use), sentence)));
    if (kind.get().isGlobal() && use.region() != null) {
      report.accept(
          Problem.at(
              Draft.placeOf(use, "region"),
              draft.path(use),
              use.uses() + " belongs to no Region: remove 'region'"));
    }
    if (use instanceof Step step) {
      step(step, kind.get(), draft, report);
    }
  }

  private static void step(Step step, Kind kind, Draft draft, Consumer<Problem> report) {
    if (step.timeout() != null && step.timeout().isZero()) {
      report.accept(
          Problem.at(
              Draft.placeOf(step, "timeout"),
              draft.path(step),
              "a timeout must be longer than 0s"));
    }
    if (kind.isControl() && step.mayFail()) {
      report.accept(
          Problem.at(
              Draft.placeOf(step, step.fence() ? "fence" : "bestEffort"),
              draft.path(step),
              step.uses() + " cannot be " + (step.fence() ? "a fence" : "best effort")));
    }
  }

  private static Collection<String> suitable(Use use) {
    Predicate<Kind> fits =
        switch (use) {
          case Step step -> kind -> !kind.isProbe();
          case Plan.Evidence probe -> Kind::isProbe;
          case Plan.Notice notice -> Kind::isMessage;
        };
    return Kinds.all().stream().filter(fits).map(Kind::name).toList();
  }

  static Optional<String> misplaced(Use use, Kind kind) {
    return switch (use) {
      case Step step ->
          kind.isProbe()
              ? Optional.of(kind.name() + " is a probe: it belongs under assess")
              : Optional.empty();
      case Plan.Evidence probe ->
          kind.isProbe()
              ? Optional.empty()
              : Optional.of(kind.name() + " is not a probe; assess takes probes");
      case Plan.Notice notice ->
          kind.isMessage()
              ? Optional.empty()
              : Optional.of(kind.name() + " is not a message; notify takes messages");
    };
  }

  private static void conditions(Draft draft, Step step, Consumer<Problem> report) {
    for (Node.Field field : step.source().fieldsOf("when")) {
      String where = draft.path(step) + ".when";
      if (!draft.declares(field.name())) {
        report.accept(
            Problem.at(field.place(), where, "the parameter '" + field.name() + "' is not declared")
                .meaning(Nearest.to(field.name(), draft.plan().parameters().keySet())));
      }
      draft
          .parameter(field.name())
          .filter(parameter -> !parameter.takes(field.value()))
          .ifPresent(parameter ->
              report.accept(RegionsAndParameters.refused(parameter, field.value(), where)));
    }
  }
}
