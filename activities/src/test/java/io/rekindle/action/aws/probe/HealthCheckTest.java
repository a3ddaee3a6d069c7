package io.rekindle.action.aws.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ProbeContract;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.plan.step.proof.Probe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

class HealthCheckTest extends ProbeContract<Probe.HealthCheck> {
  private String id = "";

  @BeforeEach
  void aHealthCheck() {
    id =
        route53()
            .createHealthCheck(it ->
                it.callerReference("check")
                    .healthCheckConfig(check ->
                        check
                            .type(HealthCheckType.HTTPS)
                            .fullyQualifiedDomainName("orders.example.com")))
            .healthCheck()
            .id();
  }

  private Route53Client route53() {
    return in("aws-global", Route53Client::builder);
  }

  @Override
  protected ActionHandler<Probe.HealthCheck> handler() {
    return new HealthCheck();
  }

  @Override
  protected String with() {
    return "{id: '%s'}".formatted(id);
  }

  @Override
  protected void given() {
    SimulatedAws.aws().healthChecks().see(id, () -> true);
  }

  @Override
  protected void failing() {
    SimulatedAws.aws().healthChecks().see(id, () -> false);
  }

  @Override
  protected void dark() {
    route53().updateHealthCheck(it -> it.healthCheckId(id).disabled(true));
  }

  @Override
  protected String subject() {
    return id;
  }

  @Test
  void itShowsHowManyCheckersReportSuccess() {
    given();
    assertThat(step().observe())
        .isEqualTo(Settled.of(new Probe.HealthCheck.Outputs("16 of 16 checkers healthy")));
    failing();
    assertThat(step().observe())
        .isEqualTo(new Broken("the health check " + id + ": 0 of 16 checkers healthy"));
  }

  @Test
  void anInvertedCheckIsReadInverted() {
    route53().updateHealthCheck(it -> it.healthCheckId(id).inverted(true));
    given();
    assertThat(step().observe())
        .isEqualTo(
            new Broken("the health check " + id + ": 16 of 16 checkers healthy, read inverted"));
    failing();
    assertThat(step().observe()).isInstanceOf(Settled.class);
  }
}
