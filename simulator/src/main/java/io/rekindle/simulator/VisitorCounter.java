package io.rekindle.simulator;

import io.rekindle.simulator.site.LocalPlan;
import io.rekindle.simulator.site.Site;
import io.rekindle.simulator.visitors.Seed;
import io.rekindle.simulator.visitors.Visitors;
import io.rekindle.simulator.visitors.World;
import io.rekindle.simulator.wire.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The application of {@code examples/visitor-counter.yaml}, seeded and reachable.
 *
 * @param site where it answers
 * @param plan its plan, as it must read for this simulator
 */
public record VisitorCounter(World world, Site site, LocalPlan plan) implements AutoCloseable {
  static VisitorCounter seedIn(Simulator simulator) {
    Client client = simulator.owner(World.PRIMARY);
    World world = simulator.tempo().instantly(new Seed(client)::plant);
    Visitors visitors = Visitors.of(world, client);
    try {
      Site site =
          Site.open(
              visitors, simulator.faults()::silences, simulator.authority().serving(world.name()));
      simulator.healthChecks().see(world.healthCheck(), site::isPrimaryHealthy);
      show(simulator, "RequestCount", site::requests);
      show(simulator, "ActiveConnectionCount", site::connections);
      return new VisitorCounter(world, site, visitors.plan(site));
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
