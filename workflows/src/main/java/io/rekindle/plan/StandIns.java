package io.rekindle.plan;

import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person gives in place of the outputs of a step. */
public record StandIns(String step, Map<String, String> outputs) {

  /** What is wrong with them, for a step of this kind. */
  public List<Problem> misfits(Kind kind) {
    return new TreeMap<>(outputs)
        .entrySet().stream()
            .flatMap(each -> misfit(kind, each.getKey(), each.getValue()).stream())
            .toList();
  }

  private Optional<Problem> misfit(Kind kind, String name, String text) {
    return kind.output(name)
        .map(output -> misfit(output, text))
        .orElseGet(() -> Optional.of(unknown(kind, name)));
  }

  private Optional<Problem> misfit(Kind.Output output, String text) {
    String which = "output '%s' of '%s' ".formatted(output.name(), step);
    if (text.isBlank()) {
      return Optional.of(Problem.at(Place.START, "", which + "has no value"));
    }
    Node.Scalar value = output.given(text);
    return Binder.misfit(value, output.type())
        .map(noun ->
            Problem.at(Place.START, "", which + "is " + noun + ", not " + value.describe()));
  }

  private Problem unknown(Kind kind, String name) {
    List<String> known = kind.outputNames();
    String all = known.isEmpty() ? "none" : String.join(", ", known);
    return Problem.at(
            Place.START, "", "step '%s' has no output '%s'; it has %s".formatted(step, name, all))
        .meaning(Nearest.to(name, known));
  }
}
