package io.rekindle.action.aws.probe;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import jakarta.inject.Singleton;
import java.util.List;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

@Singleton
final class HealthCheck implements ProbingHandler<Probe.HealthCheck> {
  /** Above this share of checkers that report success, Route 53 takes an endpoint for healthy. */
  private static final double HEALTHY_SHARE = 0.18;

  @Override
  public Class<Probe.HealthCheck> declaration() {
    return Probe.HealthCheck.class;
  }

  @Override
  public Outputs outputs(String seen) {
    return new Probe.HealthCheck.Outputs(seen);
  }

  @Override
  public Evidence look(Work<Probe.HealthCheck> work) {
    Route53Client route53 = work.client(Route53Client.class, Route53Client::builder);
    String id = work.with().id().value();
    HealthCheckConfig config =
        route53
            .getHealthCheck(request -> request.healthCheckId(id))
            .healthCheck()
            .healthCheckConfig();
    if (Boolean.TRUE.equals(config.disabled())) {
      throw Evidence.none("the health check " + id + " is disabled: it reports nothing");
    }
    List<HealthCheckObservation> all =
        route53
            .getHealthCheckStatus(request -> request.healthCheckId(id))
            .healthCheckObservations();
    if (all.isEmpty()) {
      throw Evidence.none("no checker reports about the health check " + id);
    }
    return judged(id, config, all);
  }

  private static Evidence judged(
      String id, HealthCheckConfig config, List<HealthCheckObservation> all) {
    boolean inverted = Boolean.TRUE.equals(config.inverted());
    long successes = all.stream().filter(HealthCheck::isSuccess).count();
    boolean reached = successes > HEALTHY_SHARE * all.size();
    String seen =
        "%d of %d checkers healthy%s"
            .formatted(successes, all.size(), inverted ? ", read inverted" : "");
    return reached != inverted
        ? Evidence.healthy(seen)
        : Evidence.failing("the health check %s: %s".formatted(id, seen));
  }

  private static boolean isSuccess(HealthCheckObservation observation) {
    return observation.statusReport() != null
        && observation.statusReport().status().startsWith("Success");
  }
}
