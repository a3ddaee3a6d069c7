package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.VerifyCanary;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The laws of finding a row of our own, on the servers of one engine. */
abstract class CanaryContract extends VerifyContract<VerifyCanary.Canary> {
  private static final String TOKEN = "shop/a1b2c3/canary/g1";

  private final ActionHandler<VerifyCanary.Canary> handler = new Canary();

  abstract CanaryServer server();

  @Override
  protected ActionHandler<VerifyCanary.Canary> handler() {
    return handler;
  }

  @BeforeEach
  void anEmptyTableAndASecret() {
    server().empty();
    in(HERE, SecretsManagerClient::builder)
        .createSecret(request ->
            request
                .name("orders/db")
                .secretString(
                    "{\"username\":\"admin\",\"password\":\"%s\"}"
                        .formatted(CanaryServer.PASSWORD)));
  }

  @Override
  protected String with() {
    return "{url: '%s', secret: 'orders/db', token: '%s'}".formatted(server().url(), TOKEN);
  }

  private void writeCanary(String token, Instant written) {
    server()
        .on(
            server().url().contains("postgresql")
                ? "set timezone = 'UTC'"
                : "set session time_zone = '+00:00'",
            "insert into rekindle_canary values ('%s', '%s')"
                .formatted(token, written.toString().replace('T', ' ').replace("Z", "")));
  }

  @Override
  protected void given() {
    writeCanary(TOKEN, Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Override
  protected void notYet() {
    writeCanary("shop/000000/canary/g1", Instant.parse("2026-01-31T22:00:00Z"));
  }

  @Override
  protected String[] said() {
    return new String[] {
      "the row '%s' of table rekindle_canary of %s is not there; the newest row there was written at 2026-01-31T22:00:00Z"
          .formatted(TOKEN, server().url()),
      "A replica may lag"
    };
  }

  @Test
  void itSaysWhenItWasWrittenAndHowOldItIs() {
    given();
    Map<String, String> found = ((Settled) step().observe()).outputs();
    assertThat(found).containsEntry("written", "2026-03-29T01:30:00Z");
    assertThat(found.get("age")).matches("\\d+d.*");
  }

  /** The clocks of a database and of a worker differ. */
  @Test
  void whatWasWrittenJustNowIsNotYounger() {
    writeCanary(TOKEN, Instant.now().plus(Duration.ofSeconds(50)));
    assertThat(((Settled) step().observe()).outputs()).containsEntry("age", "0s");
  }

  @Test
  void anEmptyTableIsSaid() {
    assertThat(failure(step()).getOriginalMessage()).contains("is not there; the table is empty");
  }

  @Test
  void whatIsMissingIsSaidWithWhatMakesIt() {
    server().on("drop table rekindle_canary");
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .contains("rekindle_canary", server().url(), CanaryServer.CREATE)
                    .doesNotContain(CanaryServer.PASSWORD));
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsWaitedFor() {
    StepDriver nowhere = step(with().replaceFirst(":\\d+/", ":1/"));
    assertThat(failure(nowhere).getOriginalMessage()).contains("127.0.0.1:1/", "failed");
  }
}
