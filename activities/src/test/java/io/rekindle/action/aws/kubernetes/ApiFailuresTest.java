package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** What an API server refuses, and silence, are told in sentences. */
class ApiFailuresTest extends Scaled {
  private static final String SCALE = "update deployments/scale";

  private ApplicationFailure scaling() {
    given();
    StepDriver step = step();
    Due due = step.due();
    return catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
  }

  @Test
  void whatRbacForbidsIsNamed() {
    here().forbid(SCALE);
    ApplicationFailure forbidden = scaling();
    assertThat(forbidden.isNonRetryable()).isTrue();
    assertThat(forbidden.getOriginalMessage())
        .isEqualTo(
            "kubernetes.scale of step 'it' could not scale "
                + IT
                + " to 3: Kubernetes answered 403, \"deployments.apps \"web\" is forbidden: User"
                + " \"system:serviceaccount:kube-system:rekindle\" cannot update resource"
                + " \"deployments/scale\" in API group \"apps\" in the namespace \"shop\"\". Allow"
                + " it there, by an access policy such as AmazonEKSEditPolicy for this namespace or"
                + " by a Role, then retry.");
  }

  @Test
  void whatRbacForbidsIsKnownAhead() {
    given();
    here().forbid(SCALE);
    here().forbid("list pods");
    assertThat(step().check().evidence())
        .isEqualTo(
            "the step may not update deployments/scale, list pods for "
                + IT
                + ": allow it there, by an access policy or by a Role");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aConflictIsLookedAtAgain() {
    here().refuseOnce(SCALE, 409, "Conflict", "the object has been modified");
    ApplicationFailure conflict = scaling();
    assertThat(conflict.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(conflict.getOriginalMessage())
        .endsWith("Somebody else changed it just then; Rekindle looks again.");
    assertThat(step().settled().outputs()).containsEntry("running", "3");
  }

  @Test
  void whatSomebodyElseSetJustThenIsNotOverwritten() {
    here().beforeTheNextChange(() -> here().scale("shop", "web", 7));
    assertThat(scaling().getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(here().replicas("shop", "web")).isEqualTo(7);
  }

  @Test
  void aBusyServerIsAskedLaterAndByTemporal() {
    here().refuseOnce(SCALE, 429, "TooManyRequests", "please try again later");
    ApplicationFailure busy = scaling();
    assertThat(busy.getType()).isEqualTo("TooManyRequests");
    assertThat(busy.isNonRetryable()).isFalse();
    assertThat(here().asked().stream().filter(SCALE::equals)).hasSize(1);
  }

  @Test
  void aServerThatFailsIsAskedAgain() {
    here().refuseOnce(SCALE, 503, "ServiceUnavailable", "etcd is not there");
    ApplicationFailure failed = scaling();
    assertThat(failed.isNonRetryable()).isFalse();
    assertThat(failed.getOriginalMessage()).contains("503, \"etcd is not there\"");
  }

  @Test
  void whatIsInvalidIsForAPerson() {
    here().refuseOnce(SCALE, 422, "Invalid", "spec.replicas: must be less");
    ApplicationFailure invalid = scaling();
    assertThat(invalid.isNonRetryable()).isTrue();
    assertThat(invalid.getOriginalMessage()).contains("422", "Correct the step");
  }

  @Test
  void aPolicyThatDeniesItIsQuoted() {
    here().refuseOnce(SCALE, 400, "BadRequest", "admission webhook \"frozen\" denied the request");
    assertThat(scaling().getOriginalMessage()).contains("admission webhook \"frozen\" denied");
  }

  @Test
  void aServerThatShakesNoHandsIsSilent() {
    given();
    StepDriver step = step();
    step.check();
    here().fallSilent();
    ApplicationFailure silent = failure(step);
    assertThat(silent.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(silent.getOriginalMessage())
        .contains("it did not answer in time. The worker must be able to reach https://127.0.0.1:")
        .endsWith("Rekindle retries.");
  }

  @Test
  void noSentenceHoldsTheToken() {
    given();
    here().refuseOnce("get deployments", 400, "BadRequest", "no");
    ApplicationFailure refused = failure(step());
    assertThat(String.valueOf(refused)).doesNotContain("t0ken");
    assertThat(refused.getCause()).isNull();
  }
}
