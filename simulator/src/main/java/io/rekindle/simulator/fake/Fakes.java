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
    HealthChecks healthChecks, Metrics metrics, CfnChangeSets changeSets, List<Fake> inOrder) {

  /**
   * @param databases empty for instances without real databases
   * @param dark whether a Region does not answer at present
   */
  public static Fakes all(Tempo tempo, Optional<Databases> databases, Predicate<String> dark) {
    HealthChecks healthChecks = new HealthChecks();
    Metrics metrics = new Metrics();
    CfnChangeSets changeSets = new CfnChangeSets(tempo);
    EcsServices services = new EcsServices(tempo);
    List<Fake> fakes = new ArrayList<>();
    fakes.add(new RdsGuards());
    fakes.add(new RdsDeletions(tempo));
    fakes.add(new RdsRenamings(tempo));
    fakes.add(new RdsStates(tempo));
    RdsRestarts restarts = new RdsRestarts(tempo);
    metrics.show(restarts::connections);
    fakes.add(restarts);
    databases.ifPresent(real -> {
      RdsData data = new RdsData(real, dark);
      metrics.show(data::connections);
      fakes.add(new RdsDoors(real));
      fakes.add(data);
    });
    fakes.add(new RdsSettings());
    fakes.add(new RdsSharing());
    fakes.add(new RdsDetails());
    fakes.add(new KmsKeys(tempo));
    EksFakes.add(fakes, tempo);
    fakes.add(new CurrentSecrets());
    fakes.add(new SecretRotations());
    EcsFakes.add(fakes, services, tempo);
    fakes.add(new Route53Zones());
    fakes.add(new Route53Guards());
    fakes.add(new Route53Aliases());
    fakes.add(new Route53Changes(tempo));
    fakes.add(healthChecks);
    fakes.add(new S3Readers());
    fakes.add(metrics);
    fakes.add(changeSets);
    fakes.add(new CfnStacks(tempo));
    return new Fakes(healthChecks, metrics, changeSets, List.copyOf(fakes));
  }
}
