package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for the services of ECS, with what leads to them. */
final class EcsFakes {
  private EcsFakes() {}

  static void add(List<Fake> fakes, Tempo tempo) {
    EcsServices services = new EcsServices(tempo);
    AlbFakes.add(fakes, services, tempo);
    fakes.add(new EcsLimits(services, tempo));
    fakes.add(new EcsTasks(services, tempo));
    fakes.add(services);
  }
}
