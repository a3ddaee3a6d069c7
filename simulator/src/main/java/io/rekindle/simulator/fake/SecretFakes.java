package io.rekindle.simulator.fake;

import java.util.List;

/** What stands in for Secrets Manager. */
final class SecretFakes {
  private SecretFakes() {}

  static void add(List<Fake> fakes, Tempo tempo) {
    fakes.add(new SecretReplicas(tempo));
    fakes.add(new CurrentSecrets());
    fakes.add(new SecretRotations());
  }
}
