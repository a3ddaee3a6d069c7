package io.rekindle.door;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Selection;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import java.util.stream.Stream;

/** What a run is started with travels with all that it remembers, in one payload. */
record RequestSize(Plan plan, FailoverRequest request, Selection selection) {
  /** The characters of all that is asked for besides the plan. */
  private static final long OPTIONS = 16_000;

  void check(Refusals refusals) {
    long options = optionsWithoutPlan();
    if (options > OPTIONS) {
      refusals.refuse(
          "the options hold %,d characters besides the plan; a run takes at most %,d"
              .formatted(options, OPTIONS));
    }
    if (filled() > PlanReader.LARGEST) {
      refusals.refuse(
          "set", "with its parameters the plan is larger than 1 MiB; give shorter values");
    }
  }

  private long optionsWithoutPlan() {
    return Stream.of(
            request.reason(),
            request.set(),
            request.without(),
            request.outputs(),
            request.points(),
            request.incident(),
            request.requester())
        .mapToLong(option -> String.valueOf(option).length())
        .sum();
  }

  /** The plan with its parameters written out. */
  private long filled() {
    return plan.uses().mapToLong(use -> Binding.size(use.with(), this::value)).sum();
  }

  private Node value(Expression.Word word) {
    String value =
        word instanceof Expression.ParameterValue it ? selection.parameters().get(it.name()) : null;
    return value == null ? new Node.Unknown(Place.START) : Node.Scalar.text(Place.START, value);
  }
}
