package io.rekindle.simulator;

import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.visitors.Visitors;
import io.rekindle.simulator.wire.Client;
import java.util.function.Function;

/** A system of {@code examples/} that can be seeded. */
public enum Example {
  VISITOR_COUNTER("visitor-counter", Visitors::plant);

  private final String plan;
  private final Function<Client, Application> seed;

  Example(String plan, Function<Client, Application> seed) {
    this.plan = plan;
    this.seed = seed;
  }

  /** The name of its plan. */
  public String plan() {
    return plan;
  }

  Application plant(Client client) {
    return seed.apply(client);
  }
}
