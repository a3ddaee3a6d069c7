package io.rekindle.starter.rehearse;

import static io.rekindle.rehearse.RehearsalCloud.SETTLING;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Spread;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.Control;
import io.rekindle.rehearse.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The durations a step is made of. */
final class Durations {
  private Durations() {}

  /**
   * @param lot what it is called where durations are drawn
   */
  record Part(long lot, Spread lasts) {}

  static List<Part> of(Step step, Map<String, Parameter> parameters) {
    Kind kind = Kinds.named(step.uses()).orElseThrow();
    if (kind.isControl()) {
      return List.of(part(step, SETTLING, waiting(kind, step.with(), parameters)));
    }
    List<Part> parts = new ArrayList<>();
    kind.changes().stream()
        .filter(change -> change.onlyIf().isEmpty() || isSet(step.with(), change.onlyIf().get()))
        .forEach(change -> parts.add(part(step, change.name(), change.lasts())));
    parts.add(part(step, SETTLING, kind.settles()));
    return List.copyOf(parts);
  }

  private static Part part(Step step, String what, Spread lasts) {
    return new Part(Draw.lot(step.id(), 1, what), lasts);
  }

  private static boolean isSet(Node with, String field) {
    return with instanceof Node.Fields fields
        && fields
            .get(field)
            .filter(value ->
                switch (value) {
                  case Node.Scalar scalar -> !scalar.text().equals("false");
                  case Node.Items items -> !items.nodes().isEmpty();
                  case Node.Fields group -> !group.fields().isEmpty();
                  case Node.Unknown unknown -> true;
                })
            .isPresent();
  }

  /** What lasts as long as the plan says, is no estimate. */
  private static Spread waiting(Kind kind, Node with, Map<String, Parameter> parameters) {
    return Binding.bind(kind, with, word -> known(word, parameters), "")
        .value()
        .map(Control.class::cast)
        .flatMap(Control::lasts)
        .map(told -> Spread.exactly(told, "plan"))
        .orElse(kind.settles());
  }

  /** What only a run knows may stand in what is told; where a time is meant, nothing is known. */
  private static Node known(Expression.Word word, Map<String, Parameter> parameters) {
    Parameter parameter =
        word instanceof Expression.ParameterValue value ? parameters.get(value.name()) : null;
    Node fallback = parameter == null ? null : parameter.fallback();
    return fallback == null ? Node.Scalar.text(Place.START, "?") : fallback;
  }
}
