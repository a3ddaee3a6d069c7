package io.rekindle.simulator.fake;

import java.util.List;

/** The stand-ins for Secrets Manager. */
final class SecretFakes {
  private SecretFakes() {}

  static List<Fake> all(Tempo tempo) {
    return List.of(new SecretReplicas(tempo), new CurrentSecrets(), new SecretRotations());
  }
}
