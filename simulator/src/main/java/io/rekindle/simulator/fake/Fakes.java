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
  public static Fakes all(Pace pace, Optional<Databases> databases, Predicate<String> dark) {
    HealthChecks healthChecks = new HealthChecks();
    Metrics metrics = new Metrics();
    CfnChangeSets changeSets = new CfnChangeSets(pace);
    EcsServices services = new EcsServices(pace);
    List<Fake> fakes = new ArrayList<>();
    fakes.add(new RdsGuards());
    fakes.add(new RdsDeletions(pace));
    fakes.add(new RdsRenamings(pace));
    fakes.add(new RdsStates(pace));
    databases.ifPresent(real -> {
      RdsData data = new RdsData(real, dark);
      metrics.show(data::connections);
      fakes.add(data);
    });
    fakes.add(new RdsDetails());
    fakes.add(new CurrentSecrets());
    fakes.add(new TargetHealth(services, pace));
    fakes.add(new EcsTasks(services, pace));
    fakes.add(services);
    fakes.add(new Route53Zones());
    fakes.add(new Route53Guards());
    fakes.add(new Route53Aliases());
    fakes.add(new Route53Changes(pace));
    fakes.add(healthChecks);
    fakes.add(metrics);
    fakes.add(changeSets);
    fakes.add(new CfnStacks(pace));
    return new Fakes(healthChecks, metrics, changeSets, List.copyOf(fakes));
  }
}
