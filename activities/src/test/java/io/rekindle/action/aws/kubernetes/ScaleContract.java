package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.simulator.cluster.Cluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The laws of scaling a workload, whichever way leads to its cluster. */
abstract class ScaleContract extends ActionContract<Kubernetes.Scale> {
  private static final Map<String, String> CHANGES =
      Map.of(
          "limits", "patch horizontalpodautoscalers",
          "scale", "update deployments/scale");

  /** The cluster of the step, as JSON. */
  abstract String way();

  abstract Cluster cluster();

  @Override
  protected ActionHandler<Kubernetes.Scale> handler() {
    return new Scale();
  }

  @Override
  protected String with() {
    return to(3, ", autoscaler: { name: 'web', min: 3, max: 10 }");
  }

  final String to(int replicas, String more) {
    return "{ cluster: %s, namespace: 'shop', workload: 'web', replicas: %d%s }"
        .formatted(way(), replicas, more);
  }

  /** A pilot light. */
  @Override
  protected void world() {
    cluster().deployment("shop", "web", 1);
    cluster().autoscaler("shop", "web", "web", 1, 2);
  }

  @Override
  protected List<String> changes() {
    return cluster().changes();
  }

  @Override
  protected void loseAnswers(Due due) {
    cluster().loseAnswers(CHANGES.getOrDefault(due.change(), ""));
  }

  @Override
  protected void mend() {
    super.mend();
    cluster().mend();
  }

  static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsHowTheWorkloadRan() {
    given();
    StepDriver step = step();
    Due limits = step.due();
    assertThat(limits)
        .isEqualTo(
            new Due("limits", Map.of("replicas", "1", "name", "web", "min", "1", "max", "2")));
    step.apply(limits);
    assertThat(step.look())
        .isEqualTo(
            new Due("scale", Map.of("replicas", "1", "name", "web", "min", "3", "max", "10")));
  }
}
