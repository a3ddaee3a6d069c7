package io.rekindle.simulator.seed;

import io.rekindle.simulator.cluster.Clusters;
import io.rekindle.simulator.fake.BackupVault;
import io.rekindle.simulator.fake.TargetHealth;
import io.rekindle.simulator.wire.Client;

/**
 * A simulated cloud, for who plants an application in it: by calls, and by what no call can make.
 *
 * @param client asks in its account
 */
public record Land(Client client, Vaults vaults, Clusters clusters, TargetHealth targets) {

  /** The vaults of AWS Backup. */
  public interface Vaults {
    BackupVault vault(String region, String name);
  }
}
