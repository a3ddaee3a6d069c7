package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for the services of ECS, with what leads to them. */
final class EcsFakes {
  private EcsFakes() {}

  /** Gives who says what is behind load balancers. */
  static TargetHealth add(List<Fake> fakes, Tempo tempo) {
    EcsServices services = new EcsServices(tempo);
    TargetHealth targets = new TargetHealth(services, tempo);
    AlbFakes.add(fakes, targets, tempo);
    fakes.add(new EcsLimits(services, tempo));
    fakes.add(new EcsTasks(services, tempo));
    fakes.add(services);
    return targets;
  }
}
