package io.rekindle.simulator;

import io.rekindle.simulator.accounts.Accounts;
import io.rekindle.simulator.accounts.Platform;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.visitors.Visitors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A system of {@code examples/} that can be seeded. */
public enum Example {
  VISITOR_COUNTER("visitor-counter", Visitors::plant),
  PILOT_LIGHT_SERVICE("pilot-light-service", land -> Accounts.plant(land, Platform.ECS)),
  PILOT_LIGHT_ON_EKS("pilot-light-service", land -> Accounts.plant(land, Platform.EKS)),
  PILOT_LIGHT_ON_KUBERNETES(
      "pilot-light-service", land -> Accounts.plant(land, Platform.KUBERNETES));

  private final String plan;
  private final Function<Land, Application> seed;

  Example(String plan, Function<Land, Application> seed) {
    this.plan = plan;
    this.seed = seed;
  }

  /**
   * The first of that plan.
   *
   * @throws IllegalArgumentException saying which there are
   */
  static Example named(String plan) {
    return Stream.of(values())
        .filter(example -> example.plan.equals(plan))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no example '%s' to simulate; there are: %s."
                    .formatted(
                        plan,
                        Stream.of(values())
                            .map(Example::plan)
                            .distinct()
                            .collect(Collectors.joining(", ")))));
  }

  /** The name of its plan. */
  public String plan() {
    return plan;
  }

  Application plant(Land land) {
    return seed.apply(land);
  }
}
