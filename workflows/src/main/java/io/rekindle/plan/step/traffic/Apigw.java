package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.AURORA_SERVERLESS_RUNBOOK;
import static io.rekindle.plan.step.Sources.ESTIMATE;

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
import io.rekindle.plan.step.traffic.Route53.DnsName;
import io.rekindle.plan.value.Arn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon API Gateway. */
public sealed interface Apigw extends Action {

  @Facts(
      kind = "apigw.ensureDomain",
      says =
          "Makes sure that a Regional custom domain exists in this Region and maps to an API's"
              + " stage. Creating a domain needs Route 53's control plane in us-east-1: prepare it"
              + " beforehand, and the step only confirms it. An edge-optimized domain is refused.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = {"domain", "path"},
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former mapping back, and deletes the domain if this step created it.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: the domain is the one that production uses.",
      budget = "40m")
  record EnsureDomain(
      @Says("The custom domain, as users know it.") DnsName domain,
      @Says("The ACM certificate that covers it, ISSUED in this Region.") Arn certificate,
      @Says("The id of the API, HTTP or REST, in this Region.") String api,
      @Says("The stage of the API, which must be deployed.") String stage,
      @Says("The path under which the API appears; the root of the domain when absent.")
          @Nullable String path)
      implements Apigw {
    public enum Change implements Action.Change {
      @Does("CreateDomainName where it does not exist, until it is AVAILABLE.")
      @Lasts(min = "1m", likely = "5m", max = "20m", source = AURORA_SERVERLESS_RUNBOOK)
      DOMAIN,

      @Does("CreateApiMapping or UpdateApiMapping, until the mapping names the API and stage.")
      @Lasts(min = "1s", likely = "5s", max = "1m", source = ESTIMATE)
      MAPPING
    }

    public record Outputs(
        @Says("The custom domain.") @Like("{domain}") String domain,
        @Says("Its Regional host name, for the alias of a DNS record.")
            @Like("d-0example.execute-api.{region}.{suffix}")
            String target,
        @Says("The hosted zone of that host name, for the alias of a DNS record.")
            @Like("Z0EXAMPLEAPI")
            String zone)
        implements Action.Outputs {}

    public EnsureDomain {
      if (!certificate.service().equals("acm")) {
        throw new IllegalArgumentException("certificate is not the ARN of an ACM certificate");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = arn(at, "/domainnames/" + domain);
      String mappings = it + "/apimappings";
      return List.of(
          look("apigateway:GET", it, mappings, mappings + "/*"),
          look(
              "apigateway:GET",
              arn(at, "/apis/" + api + "/stages/" + stage),
              arn(at, "/restapis/" + api + "/stages/" + stage)),
          look("acm:DescribeCertificate", certificate.value()),
          change(Change.DOMAIN, "apigateway:POST", arn(at, "/domainnames")),
          implied(Change.DOMAIN, "apigateway:POST", arn(at, "/tags/*")),
          implied(Change.DOMAIN, "apigateway:PUT", arn(at, "/tags/*")),
          implied(
              Change.DOMAIN,
              "iam:CreateServiceLinkedRole",
              at.global(
                  "iam",
                  "role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway")),
          change(Change.MAPPING, "apigateway:POST", mappings),
          change(Change.MAPPING, "apigateway:PATCH", mappings + "/*"),
          undo("apigateway:PATCH", mappings + "/*"),
          undo("apigateway:DELETE", it, mappings + "/*"));
    }
  }

  /** API Gateway's ARNs name no account. */
  private static String arn(Realm at, String path) {
    return "arn:" + at.region().partition() + ":apigateway:" + at.region() + "::" + path;
  }
}
