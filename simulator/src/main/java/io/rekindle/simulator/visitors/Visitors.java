package io.rekindle.simulator.visitors;

import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.site.LocalPlan;
import io.rekindle.simulator.site.Site;
import io.rekindle.simulator.wire.Client;
import java.util.Map;

/** The visitor counter, as its users see it. */
public record Visitors(World world, Front primary, Front recovery) implements Application {
  public static Visitors of(World world, Client client) {
    return new Visitors(world, front(world.primary(), client), front(world.recovery(), client));
  }

  private static Front front(Estate estate, Client client) {
    return new Front(client.in(estate.region()), estate.balancer());
  }

  /** As {@code examples/visitor-counter.yaml} must read. */
  public LocalPlan plan(Site site) {
    return new LocalPlan(
        site,
        World.NAME,
        world.primary().values(),
        world.recovery().values(),
        Map.of(
            "Z08417392ABCDEXAMPLE", world.zone().id(),
            "8a4f1c73-2be6-49d0-95a7-d36e0b82c51f", world.healthCheck(),
            "sg-07c1e4b95d82fa036", world.recovery().verifierGroup(),
            "123456789012", world.account()));
  }

  @Override
  public String named() {
    return world.zone().target(World.NAME);
  }

  /** Its first page counts a visit. */
  @Override
  public Answer answer(Client client, String path) {
    return new Tasks(client).answer(path.equals("/"));
  }
}
