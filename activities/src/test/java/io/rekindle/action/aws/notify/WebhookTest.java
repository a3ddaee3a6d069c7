package io.rekindle.action.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.net.LocalCertificate;
import io.rekindle.action.aws.net.LocalSite;
import io.rekindle.action.aws.net.LocalSite.Asked;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.action.aws.net.Web;
import io.rekindle.plan.step.proof.Notify;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class WebhookTest extends ActionContract<Notify.Webhook> {
  private static final LocalCertificate CERTIFICATE = LocalCertificate.of("localhost", 2);
  private LocalSite site = LocalSite.open(CERTIFICATE);

  @AfterEach
  void anotherSite() {
    site.close();
    site = LocalSite.open(CERTIFICATE);
  }

  @Override
  protected ActionHandler<Notify.Webhook> handler() {
    return new Webhook(new Web(Trust.in(CERTIFICATE.trusting())));
  }

  private String url() {
    return site.url().replace("127.0.0.1", "localhost");
  }

  @Override
  protected String with() {
    return "{url: '%s', secret: 'incident-tool'}".formatted(url());
  }

  @Override
  protected void world() {
    in(HERE, SecretsManagerClient::builder)
        .createSecret(request -> request.name("incident-tool").secretString("Bearer s3cret\n"));
  }

  /** The secret is only read. */
  @Override
  protected Set<String> repeatable() {
    return Set.of("GetSecretValue");
  }

  private ApplicationFailure failure() {
    StepDriver step = step();
    Due due = step.due();
    return catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
  }

  @Test
  void theMessageIsPostedWithItsProofAndItsId() {
    given();
    Settled settled = step().settled();
    Asked asked = site.asked().getFirst();
    assertThat(site.asked()).hasSize(1);
    assertThat(asked.headers())
        .containsEntry("Authorization", "Bearer s3cret")
        .containsKey("Idempotency-Key");
    String id = String.valueOf(asked.headers().get("Idempotency-Key"));
    assertThat(settled).isEqualTo(Settled.of(new Notify.Webhook.Outputs(id)));
    assertThat(asked.headers().get("Content-Type")).startsWith("application/json");
    assertThat(asked.body())
        .contains("\"id\":\"" + id + "\"", "\"application\":\"shop\"", "\"run\":\"a1b2c3\"")
        .contains("\"message\":\"it happened\"");
  }

  @Test
  void aSecretMaySignTheBodyInstead() {
    given();
    step(with().replace("}", ", secretAs: 'signature', message: 'call us'}")).settled();
    Asked asked = site.asked().getFirst();
    assertThat(asked.body()).contains("\"message\":\"call us\"");
    assertThat(asked.headers())
        .doesNotContainKey("Authorization")
        .containsEntry(
            "Rekindle-Signature", "sha256=" + Signature.of(asked.body(), "Bearer s3cret"));
  }

  @Test
  void aServerThatFailsIsAskedAgainAndOneThatRefusesIsNot() {
    given();
    site.answersFirst(503, 429, 404);
    assertThat(failure().isNonRetryable()).isFalse();
    assertThat(failure().isNonRetryable()).isFalse();
    ApplicationFailure refused = failure();
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("step 'it'", "localhost", "it answered status 404")
        .doesNotContain("s3cret");
  }

  @Test
  void aMessageThatWasSentAgainCarriesTheSameId() {
    given();
    StepDriver step = step();
    Due due = step.due();
    site.answersFirst(502);
    assertThatThrownBy(() -> step.apply(due)).hasMessageContaining("status 502. Rekindle retries.");
    step.apply(due);
    assertThat(site.asked()).hasSize(2);
    assertThat(site.asked().stream().map(Asked::body).distinct()).hasSize(1);
  }

  @Test
  void silenceIsAnsweredWithAnotherTry() {
    given();
    String with = with();
    site.close();
    StepDriver step = step(with);
    Due due = step.due();
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(failure.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .contains("it refused the connection. Rekindle retries.");
  }
}
