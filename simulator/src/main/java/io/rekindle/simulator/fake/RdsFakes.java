package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What stands in for databases of RDS. */
final class RdsFakes {
  private RdsFakes() {}

  /**
   * @param databases empty for instances without real databases
   * @param dark whether a Region does not answer at present
   */
  static void add(
      List<Fake> fakes,
      Tempo tempo,
      Metrics metrics,
      Optional<Databases> databases,
      Predicate<String> dark) {
    fakes.add(new RdsClusterDeletions(tempo));
    fakes.add(new RdsRenamings(RdsRenamings.Sort.CLUSTER, tempo));
    fakes.add(new RdsClusters(tempo));
    fakes.add(new RdsClusterSnapshots(tempo));
    fakes.add(new RdsGuards());
    fakes.add(new RdsDeletions(tempo));
    fakes.add(new RdsRenamings(RdsRenamings.Sort.INSTANCE, tempo));
    fakes.add(new RdsStates(tempo));
    RdsRestarts restarts = new RdsRestarts(tempo);
    metrics.show(restarts::connections);
    fakes.add(restarts);
    fakes.add(RdsReplication.shownIn(metrics, tempo, dark));
    databases.ifPresent(real -> {
      RdsData data = new RdsData(real, dark);
      RdsClusterData clusters = new RdsClusterData(real, dark);
      data.showIn(metrics);
      clusters.showIn(metrics);
      fakes.add(new RdsDoors(real));
      fakes.add(clusters);
      fakes.add(data);
    });
    fakes.add(new RdsSettings());
    fakes.add(new RdsSharing());
    fakes.add(new RdsDetails());
    fakes.add(new RdsClusterDetails());
    fakes.add(new RdsClusterNames());
    // Last, because only the emulator does not know them.
    fakes.add(new RdsBackupSnapshots());
  }
}
