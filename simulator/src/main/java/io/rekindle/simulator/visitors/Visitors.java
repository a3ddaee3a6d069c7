package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.wire.Client;
import java.util.Map;

/** The visitor counter, as its users see it. */
public record Visitors(World world) implements Application {
  /** Makes all that it has. */
  public static Visitors plant(Land land) {
    return new Visitors(new Seed(land.client()).plant());
  }

  @Override
  public String name() {
    return Names.SITE;
  }

  @Override
  public Map<String, String> words() {
    return Map.of(
        "Z08417392ABCDEXAMPLE", world.zone().id(),
        "8a4f1c73-2be6-49d0-95a7-d36e0b82c51f", world.healthCheck(),
        "sg-07c1e4b95d82fa036", world.recovery().verifierGroup(),
        "123456789012", world.account());
  }

  /** Its first page counts a visit. */
  @Override
  public Answer answer(Client client, String path) {
    return new Tasks(client).answer(path.equals("/"));
  }
}
