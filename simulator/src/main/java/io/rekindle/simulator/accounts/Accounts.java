package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.wire.Client;
import java.util.Map;
import java.util.function.IntSupplier;

/** The accounts, as their users see them. */
public record Accounts(World world, Platform platform, IntSupplier home, IntSupplier pilot)
    implements Application {
  /** Makes all that they have. */
  public static Accounts plant(Land land, Platform platform) {
    return new Seed(land, platform).plant();
  }

  @Override
  public String name() {
    return Names.SITE;
  }

  @Override
  public Map<String, String> words() {
    return Map.of(
        "Z05926148FGHIJEXAMPLE", world.zone().id(),
        "3d70b9e2-6c1f-45a8-b294-8f05ea6d17c3", world.healthCheck(),
        "sg-0f25d8b3a6c9e1740", world.recovery().verifierGroup(),
        "123456789012", world.account(),
        "default: ecs", "default: " + platform.word());
  }

  /** Its first page opens an account. */
  @Override
  public Answer answer(Client client, String path) {
    return copies(client).answer(path.equals("/"));
  }

  private Copies copies(Client client) {
    return client.region().equals(Names.PRIMARY)
        ? new Copies(client, world.primary(), home)
        : new Copies(client, world.recovery(), pilot);
  }
}
