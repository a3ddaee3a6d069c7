package io.rekindle.simulator;

import io.rekindle.simulator.visitors.LocalPlan;
import io.rekindle.simulator.visitors.Site;
import io.rekindle.simulator.visitors.World;

/**
 * The application of {@code examples/visitor-counter.yaml}, seeded and reachable.
 *
 * @param site where it answers
 * @param plan its plan, as it must read for this simulator
 */
public record VisitorCounter(World world, Site site, LocalPlan plan) implements AutoCloseable {
  @Override
  public void close() {
    site.close();
  }
}
