package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.wire.Client;
import java.util.Map;

/** The accounts, as their users see them. */
public record Accounts(World world) implements Application {
  /** Makes all that they have. */
  public static Accounts plant(Land land) {
    return new Accounts(new Seed(land).plant());
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
        "123456789012", world.account());
  }

  /** Its first page opens an account. */
  @Override
  public Answer answer(Client client, String path) {
    return tasks(client).answer(path.equals("/"));
  }

  private Tasks tasks(Client client) {
    return client.region().equals(Names.PRIMARY)
        ? new Tasks(client, Names.TASKS, world.primary())
        : new Tasks(client, Names.PILOT_TASKS, world.recovery());
  }
}
