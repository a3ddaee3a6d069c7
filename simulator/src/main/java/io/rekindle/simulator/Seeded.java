package io.rekindle.simulator;

import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.site.Application;
import io.rekindle.simulator.site.LocalPlan;
import io.rekindle.simulator.site.Site;
import io.rekindle.simulator.wire.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A system of {@code examples/}, seeded and reachable.
 *
 * @param site where it answers
 * @param plan its plan, as it must read for this simulator
 */
public record Seeded(World world, Site site, LocalPlan plan) implements AutoCloseable {
  static Seeded in(Simulator simulator, Client client, Example example) {
    Land land = new Land(client, simulator::vault, simulator.clusters(), simulator.targets());
    Application application = simulator.tempo().instantly(() -> example.plant(land));
    World world = application.world();
    try {
      Site site =
          Site.open(
              client,
              application,
              simulator.faults()::silences,
              simulator.authority().serving(application.name()));
      simulator.healthChecks().see(world.healthCheck(), site::isPrimaryHealthy);
      show(simulator, "RequestCount", site::requests);
      show(simulator, "ActiveConnectionCount", site::connections);
      return new Seeded(world, site, new LocalPlan(application, site));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void show(
      Simulator simulator, String metric, Function<String, OptionalDouble> ofBalancer) {
    simulator
        .metrics()
        .show(asked ->
            asked
                .of("AWS/ApplicationELB", metric, "LoadBalancer")
                .map(ofBalancer)
                .orElseGet(OptionalDouble::empty));
  }

  @Override
  public void close() {
    site.close();
  }
}
