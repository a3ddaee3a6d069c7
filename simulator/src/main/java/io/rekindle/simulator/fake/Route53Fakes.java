package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for zones and records of Route 53. */
final class Route53Fakes {
  private Route53Fakes() {}

  static void add(List<Fake> fakes, Tempo tempo) {
    fakes.add(new Route53Zones());
    fakes.add(new Route53Guards());
    fakes.add(new Route53Aliases());
    fakes.add(new Route53Changes(tempo));
  }
}
