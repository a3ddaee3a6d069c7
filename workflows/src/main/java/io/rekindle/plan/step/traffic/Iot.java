package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.IOT_DOMAINS;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS IoT Core endpoints. */
public sealed interface Iot extends Action {

  @Facts(
      kind = "iot.ensureDomain",
      says =
          "Makes sure that IoT Core serves a custom domain in this Region. AWS may take an hour to"
              + " serve a new certificate, so prepare it long before an outage: this does not"
              + " belong into the path of a failover. The same domain may be configured in several"
              + " Regions.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "configuration",
      undo = Undo.PUTS_BACK,
      undoing = "Disables the configuration if this step created or enabled it.",
      drill = Drill.LEFT_OUT,
      drilling =
          "Left out: the domain is the one that production's devices use, and it may take an hour.",
      budget = "90m")
  record EnsureDomain(
      @Says("The domain configuration, by its exact name in this Region.") String configuration,
      @Says("The domain that devices connect to.") String domain,
      @Says("The server certificate for the domain, by its ACM ARN in this Region.")
          Arn certificate,
      @Says(
              "The public certificate that proves the domain is yours, where the server's is from a"
                  + " private CA.")
          @Nullable Arn validationCertificate,
      @Says("The custom authorizer of this Region, where devices do not use certificates.")
          @Nullable String authorizer)
      implements Iot {
    public enum Change implements Action.Change {
      @Does(
          "CreateDomainConfiguration, or UpdateDomainConfiguration for one that is"
              + " disabled, until it is ENABLED and its certificate VALID.")
      @Lasts(min = "1m", likely = "20m", max = "60m", source = IOT_DOMAINS)
      ENSURE
    }

    public record Outputs(
        @Says("The domain configuration.") @Like("{configuration}") String configuration,
        @Says("Its ARN.")
            @Like(
                "arn:{partition}:iot:{region}:{account}:domainconfiguration/{configuration}/a1b2c")
            Arn arn,
        @Says("The custom domain.") @Like("{domain}") String domain,
        @Says("The host name of this Region's endpoint, for a CNAME record.")
            @Like("a1b2c3d4e5f6g7-ats.iot.{region}.{suffix}")
            String endpoint)
        implements Action.Outputs {}

    public EnsureDomain {
      if (!certificate.service().equals("acm")) {
        throw new IllegalArgumentException(
            "certificate '" + certificate + "' is not the ARN of an ACM certificate");
      }
      if (!domain.matches("(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}")) {
        throw new IllegalArgumentException(
            "'" + domain + "' is not a domain such as iot.example.com");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("iot", "domainconfiguration/" + configuration + "/*");
      List<Permission> needed = new ArrayList<>();
      needed.add(look("iot:DescribeDomainConfiguration", it));
      needed.add(look("iot:DescribeEndpoint", Realm.ANYTHING));
      needed.add(look("iot:ListTagsForResource", it));
      needed.add(look("acm:DescribeCertificate", certificate.value()));
      if (authorizer != null) {
        needed.add(look("iot:DescribeAuthorizer", at.arn("iot", "authorizer/" + authorizer)));
      }
      needed.add(change(Change.ENSURE, "iot:CreateDomainConfiguration", it));
      needed.add(change(Change.ENSURE, "iot:UpdateDomainConfiguration", it));
      needed.add(implied(Change.ENSURE, "iot:TagResource", it));
      needed.add(undo("iot:UpdateDomainConfiguration", it));
      return List.copyOf(needed);
    }
  }

  @Facts(
      kind = "iot.verifyEndpoint",
      says =
          "Proves that devices could connect to this Region: a TLS handshake on port 8883 of the"
              + " Region's own endpoint, whatever DNS says today, with the domain as SNI and its"
              + " certificate checked; with a canary also an MQTT connection and a message. Without"
              + " a canary it does not prove that devices are known here.",
      role = Role.VERIFY,
      plane = Plane.DATA,
      settles = @Lasts(min = "2s", likely = "10s", max = "2m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: no device notices.",
      budget = "15m")
  record VerifyEndpoint(
      @Says("The domain that devices connect to; without it the endpoint's own name.")
          @Nullable String domain,
      @Says("How many handshakes in a row must succeed.") @Default("3") @AtLeast(1) @AtMost(20)
          int passes,
      @Says("A device of your own that connects and publishes a message.") @Nullable Canary canary)
      implements Iot {
    public record Outputs(
        @Says("The host name of this Region's endpoint.")
            @Like("a1b2c3d4e5f6g7-ats.iot.{region}.{suffix}")
            String endpoint,
        @Says("When the certificate that it served expires.") @Like("2027-01-01T00:00:00Z")
            Instant certificateExpires)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      if (canary == null) {
        return List.of(look("iot:DescribeEndpoint", Realm.ANYTHING));
      }
      String secret =
          canary.secret().startsWith("arn:")
              ? canary.secret()
              : at.arn("secretsmanager", "secret:" + canary.secret() + "-??????");
      return List.of(
          look("iot:DescribeEndpoint", Realm.ANYTHING),
          look("secretsmanager:GetSecretValue", secret),
          look("kms:Decrypt", at.arn("kms", "key/*")));
    }
  }

  /** A device that exists only to prove that devices can connect. */
  record Canary(
      @Says(
              "The secret in this Region with the device's certificate and privateKey, as PEM in a"
                  + " JSON object.")
          String secret,
      @Says("The MQTT client id that the device's policy allows; no real device may use it.")
          String clientId,
      @Says("The topic to publish to.") String topic) {}
}
