package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for managed node groups and their instances. */
final class EksFakes {
  private EksFakes() {}

  static void add(List<Fake> fakes, Tempo tempo) {
    EksNodegroups nodegroups = new EksNodegroups(tempo);
    fakes.add(nodegroups);
    fakes.add(new EksInstances(nodegroups, tempo));
  }
}
