package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.WebUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages to people and to other systems. They may arrive twice, with the same de-duplication id.
 */
public sealed interface Notify extends Action {

  @Facts(
      kind = "notify.sns",
      says =
          "Publishes a message to an SNS topic. A crash at the wrong moment sends it again; the"
              + " copies carry the same de-duplication id.",
      role = Role.NOTIFY,
      plane = Plane.DATA,
      guard = Guard.NONE,
      thing = "topic",
      undo = Undo.NOTHING,
      undoing = "A message cannot be taken back, and nothing depends on it.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: people would take the drill for the real thing.",
      budget = "5m")
  record Sns(
      @Says("The topic, in this Region: one in the primary may be down with it.") Arn topic,
      @Says("The subject of e-mails, at most 100 characters.") @Nullable String subject,
      @Says("The message; when absent, what happened and what is waited for.")
          @Nullable String message)
      implements Notify {
    public enum Change implements Action.Change {
      @Does("Publish, until SNS has accepted the message.")
      @Lasts(min = "1s", likely = "1s", max = "10s", source = ESTIMATE)
      PUBLISH
    }

    public record Outputs(
        @Says("The de-duplication id, which every copy carries as the attribute rekindle-id.")
            @Like("00000000-1111-3222-8333-444444444444")
            String id)
        implements Action.Outputs {}

    public Sns {
      if (!topic.service().equals("sns")) {
        throw new IllegalArgumentException("the topic is not the ARN of an SNS topic");
      }
      if (subject != null && (subject.length() > 100 || subject.contains("\n"))) {
        throw new IllegalArgumentException("the subject is one line of at most 100 characters");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("sns:GetTopicAttributes", topic.value()),
          change(Change.PUBLISH, "sns:Publish", topic.value()),
          implied(Change.PUBLISH, "kms:GenerateDataKey", at.arn("kms", "key/*")),
          implied(Change.PUBLISH, "kms:Decrypt", at.arn("kms", "key/*")));
    }
  }

  @Facts(
      kind = "notify.webhook",
      says =
          "Posts a JSON object with id, application, run, step and message to a URL. A crash at the"
              + " wrong moment posts it again; the copies carry the same id.",
      role = Role.NOTIFY,
      plane = Plane.DATA,
      guard = Guard.NONE,
      thing = "url",
      undo = Undo.NOTHING,
      undoing = "A message cannot be taken back, and nothing depends on it.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: people would take the drill for the real thing.",
      budget = "5m")
  record Webhook(
      @Says("The URL to post to; it is readable in the plan, so it must not hold a token.")
          WebUrl url,
      @Says("A secret in this Region, by name or ARN, that proves who is calling.")
          @Nullable String secret,
      @Says(
              "What the secret is: the Authorization header itself, or the key of an HMAC-SHA256"
                  + " signature of the body, sent in hex as Rekindle-Signature: sha256=...")
          @Default("authorization")
          SecretUse secretAs,
      @Says("The message; when absent, what happened and what is waited for.")
          @Nullable String message)
      implements Notify {
    public enum Change implements Action.Change {
      @Does("POST, until the server has answered with a 2xx status.")
      @Lasts(min = "1s", likely = "1s", max = "10s", source = ESTIMATE)
      POST
    }

    public record Outputs(
        @Says("The de-duplication id, which every copy carries as its Idempotency-Key.")
            @Like("00000000-1111-3222-8333-444444444444")
            String id)
        implements Action.Outputs {}

    public Webhook {
      if (secret != null && !url.value().startsWith("https:")) {
        throw new IllegalArgumentException("a secret is only used over https");
      }
    }

    /** How a receiver recognises us. */
    public enum SecretUse {
      AUTHORIZATION,
      SIGNATURE
    }

    @Override
    public List<Permission> permissions(Realm at) {
      if (secret == null) {
        return List.of();
      }
      String it =
          secret.startsWith("arn:")
              ? secret
              : at.arn("secretsmanager", "secret:" + secret + "-??????");
      return List.of(
          change(Change.POST, "secretsmanager:GetSecretValue", it),
          implied(Change.POST, "kms:Decrypt", at.arn("kms", "key/*")));
    }
  }
}
