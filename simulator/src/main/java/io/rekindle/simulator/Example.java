package io.rekindle.simulator;

import io.rekindle.simulator.accounts.Accounts;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.visitors.Visitors;
import java.util.function.Function;

/** A system of {@code examples/} that can be seeded. */
public enum Example {
  VISITOR_COUNTER("visitor-counter", Visitors::plant),
  PILOT_LIGHT_SERVICE("pilot-light-service", Accounts::plant);

  private final String plan;
  private final Function<Land, Application> seed;

  Example(String plan, Function<Land, Application> seed) {
    this.plan = plan;
    this.seed = seed;
  }

  /** The name of its plan. */
  public String plan() {
    return plan;
  }

  Application plant(Land land) {
    return seed.apply(land);
  }
}
