package io.rekindle.simulator.seed;

import io.rekindle.simulator.fake.BackupVault;
import io.rekindle.simulator.wire.Client;

/**
 * A simulated cloud, for who plants an application in it.
 *
 * @param client asks in its account
 */
public record Land(Client client, Vaults vaults) {

  /** The vaults of AWS Backup, which no call can fill. */
  public interface Vaults {
    BackupVault vault(String region, String name);
  }
}
