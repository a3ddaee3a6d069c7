package io.rekindle.simulator.visitors;

import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.wire.Client;

/** The visitor counter, as its users see it. */
public record Visitors(World world, Front primary, Front recovery) implements Application {
  public static Visitors of(World world, Client client) {
    return new Visitors(world, front(world.primary(), client), front(world.recovery(), client));
  }

  private static Front front(Estate estate, Client client) {
    return new Front(client.in(estate.region()), estate.balancer());
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
