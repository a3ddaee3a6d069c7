package io.rekindle.action.aws.notify;

import static io.rekindle.plan.step.proof.Notify.Webhook.Change.POST;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.action.aws.net.Web;
import io.rekindle.plan.step.proof.Notify;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@Singleton
final class Webhook implements ActionHandler<Notify.Webhook> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The request took too long, came too early, or was one of too many. */
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);

  private final Web web;

  Webhook(Web web) {
    this.web = web;
  }

  @Override
  public Class<Notify.Webhook> declaration() {
    return Notify.Webhook.class;
  }

  private static Message message(Work<Notify.Webhook> work) {
    return Message.of(work.call(), work.with().message(), POST);
  }

  @Override
  public Observation observe(Work<Notify.Webhook> work) {
    return work.isAnswered(POST)
        ? Settled.of(new Notify.Webhook.Outputs(message(work).id()))
        : Due.of(POST);
  }

  @Override
  public void apply(Work<Notify.Webhook> work, Due due) {
    if (work.isAnswered(POST)) {
      return;
    }
    Message message = message(work);
    String json = message.json(work.call());
    Map<String, String> headers = new TreeMap<>(proof(work, json));
    headers.put("Idempotency-Key", message.id());
    Duration patience = work.timeFor(PATIENCE);
    try {
      judge(work, web.post(work.with().url(), headers, json, patience).status());
    } catch (IOException silence) {
      throw Failures.passing(
          Failures.UNREACHABLE, said(work, Silence.of(silence).words() + ". Rekindle retries."));
    }
  }

  private static Map<String, String> proof(Work<Notify.Webhook> work, String json) {
    String secret = work.with().secret();
    if (secret == null) {
      return Map.of();
    }
    String value =
        work.client(SecretsManagerClient.class, SecretsManagerClient::builder)
            .getSecretValue(request -> request.secretId(secret))
            .secretString();
    if (value == null) {
      throw work.refused("the secret %s holds no text".formatted(secret));
    }
    return switch (work.with().secretAs()) {
      case AUTHORIZATION -> Map.of("Authorization", value.strip());
      case SIGNATURE -> Map.of("Rekindle-Signature", "sha256=" + Signature.of(json, value.strip()));
    };
  }

  private static void judge(Work<Notify.Webhook> work, int status) {
    if (status / 100 == 2) {
      return;
    }
    boolean passes = status >= 500 || WORTH_ANOTHER_TRY.contains(status);
    throw passes
        ? Failures.passing(
            "Status" + status, said(work, "it answered status " + status + ". Rekindle retries."))
        : lasting(work, status);
  }

  private static ApplicationFailure lasting(Work<Notify.Webhook> work, int status) {
    return Failures.lasting(
        "Status" + status,
        said(
            work,
            "it answered status %d. Correct the URL or the secret (retry --set field=value), or tell people yourself and skip the step."
                .formatted(status)));
  }

  private static String said(Work<Notify.Webhook> work, String what) {
    return "%s of step '%s' could not POST to %s: %s"
        .formatted(work.call().kind(), work.call().key().step(), work.with().url().host(), what);
  }

  @Override
  public void undo(Work<Notify.Webhook> work) {}

  /** Whoever asks a webhook without a message sends one. */
  @Override
  public Readiness check(Work<Notify.Webhook> work) {
    return new Readiness(
        true, work.with().url().host() + " is not contacted until there is a message", null);
  }
}
