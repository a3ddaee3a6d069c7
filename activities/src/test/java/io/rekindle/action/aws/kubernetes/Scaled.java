package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.simulator.cluster.Cluster;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A workload that a step scales, in a world of its own. */
abstract class Scaled extends ActionWorld<Kubernetes.Scale> {
  static final Duration TIME = Duration.ofMinutes(2);

  /** In sentences. */
  static final String IT =
      "the Deployment web in namespace shop of the cluster of the kubeconfig shop/kubeconfig"
          + " (us-west-2)";

  @BeforeEach
  void aKubeconfig() {
    in(HERE, SecretsManagerClient::builder)
        .createSecret(it -> it.name("shop/kubeconfig").secretString(here().kubeconfig("t0ken")));
    lasts("Scale", TIME);
  }

  static Cluster here() {
    return SimulatedAws.aws().clusters().lead("on premises", HERE, "shop");
  }

  @Override
  protected ActionHandler<Kubernetes.Scale> handler() {
    return new Scale();
  }

  @Override
  protected String with() {
    return to(3);
  }

  static String to(int replicas) {
    return to(replicas, "");
  }

  /**
   * @param more further fields
   */
  static String to(int replicas, String more) {
    return """
    { cluster: { kubeconfig: 'shop/kubeconfig' }, namespace: 'shop', workload: 'web',
      replicas: %d%s }\
    """
        .formatted(replicas, more);
  }

  @Override
  protected void world() {
    here().deployment("shop", "web", 1);
  }

  @Override
  protected List<String> changes() {
    return here().changes();
  }

  static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  static ApplicationFailure failure(StepDriver step) {
    return catchThrowableOfType(ApplicationFailure.class, step::observe);
  }

  static String waiting(StepDriver step) {
    ApplicationFailure waiting = failure(step);
    assertThat(waiting.getType()).as(waiting.getMessage()).isEqualTo(Failures.IN_PROGRESS);
    return waiting.getOriginalMessage();
  }
}
