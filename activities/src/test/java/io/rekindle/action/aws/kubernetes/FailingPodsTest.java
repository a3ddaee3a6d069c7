package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.aws.StepDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pods that do not get ready tell why themselves. */
class FailingPodsTest extends Scaled {
  private StepDriver begun(String end) {
    given();
    endsAs("Scale", end);
    StepDriver step = step();
    step.apply(step.due());
    pass(TIME);
    return step;
  }

  @Test
  void podsWithoutANodeWaitForOne() {
    here().nodesFor(2);
    StepDriver step = begun("");
    assertThat(waiting(step))
        .isEqualTo(
            IT
                + " has 2 of 3 replicas ready; 1 has no node: 0/1 nodes are available: 1"
                + " Insufficient cpu.");
    here().nodesFor(3);
    pass(TIME);
    step.settled();
  }

  @Test
  void anImageThatIsNotThereBlocksTheStep() {
    assertThat(why(begun("ImagePullBackOff").observe()))
        .startsWith(IT + " has 1 of 3 replicas ready; 2 cannot get the image shop/web:1: ")
        .endsWith(
            "Fix that, wait until Kubernetes has tried again (at most 5 minutes), then retry");
  }

  @Test
  void aContainerThatKeepsEndingBlocksTheStep() {
    assertThat(why(begun("CrashLoopBackOff").observe()))
        .contains(
            "2 cannot stay up: CrashLoopBackOff, container web ended 4 times, last by OOMKilled"
                + " with exit code 137.");
  }

  @Test
  void whatAContainerLacksMayStillCome() {
    assertThat(waiting(begun("CreateContainerConfigError")))
        .endsWith(
            "2 cannot start container web: CreateContainerConfigError, secret \"database\" not"
                + " found");
  }

  @Test
  void aFailingReadinessProbeIsSaid() {
    assertThat(waiting(begun("Unready")))
        .endsWith(
            "1 of 3 replicas ready; Readiness probe failed: HTTP probe failed with statuscode:"
                + " 503");
  }

  @Test
  void whoMayNotReadEventsIsToldLess() {
    here().forbid("list events");
    assertThat(waiting(begun("Unready"))).endsWith("1 of 3 replicas ready");
  }

  @Test
  void podsThatCannotEvenBeMadeAreSaid() {
    assertThat(waiting(begun("FailedCreate")))
        .contains("1 of 3 replicas ready; pods \"web-", "exceeded quota");
  }

  @Test
  void thoseOfAStatefulSetToo() {
    instantly(() -> here().statefulSet("shop", "web", 1));
    endsAs("Scale", "FailedCreate");
    StepDriver step = step(to(3, ", kind: 'statefulSet'"));
    step.apply(step.due());
    pass(Duration.ofHours(1));
    assertThat(waiting(step)).contains("1 of 3 replicas ready; pods \"web-", "exceeded quota");
  }
}
