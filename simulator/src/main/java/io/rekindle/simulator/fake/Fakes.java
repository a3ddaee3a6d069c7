package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All stand-ins.
 *
 * @param inOrder the order in which they see a request
 */
public record Fakes(
    HealthChecks healthChecks,
    Metrics metrics,
    CfnChangeSets changeSets,
    Backups backups,
    TargetHealth targets,
    List<Fake> inOrder) {

  /**
   * @param databases empty for instances without real databases
   * @param dark whether a Region does not answer at present
   */
  public static Fakes all(Tempo tempo, Optional<Databases> databases, Predicate<String> dark) {
    HealthChecks healthChecks = new HealthChecks();
    Metrics metrics = new Metrics();
    CfnChangeSets changeSets = new CfnChangeSets(tempo);
    Backups backups = new Backups(tempo);
    List<Fake> fakes = new ArrayList<>();
    // Before RDS, which it asks as anybody does.
    fakes.add(backups);
    RdsFakes.add(fakes, tempo, metrics, databases, dark);
    fakes.add(new KmsKeys(tempo));
    SecretFakes.add(fakes, tempo);
    EksFakes.add(fakes, tempo);
    TargetHealth targets = EcsFakes.add(fakes, tempo);
    Route53Fakes.add(fakes, tempo);
    fakes.add(healthChecks);
    fakes.add(new S3Readers());
    fakes.add(new S3Replication(tempo));
    fakes.add(metrics);
    fakes.add(changeSets);
    fakes.add(new CfnStacks(tempo));
    return new Fakes(healthChecks, metrics, changeSets, backups, targets, List.copyOf(fakes));
  }
}
