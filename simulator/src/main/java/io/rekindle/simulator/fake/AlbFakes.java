package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for load balancers and what they serve. */
final class AlbFakes {
  private AlbFakes() {}

  static void add(List<Fake> fakes, TargetHealth targets, Tempo tempo) {
    fakes.add(targets);
    fakes.add(new AlbListeners());
    fakes.add(new AlbStates(tempo));
    fakes.add(new AcmCertificates(tempo));
  }
}
