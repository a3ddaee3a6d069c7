package io.rekindle.action.aws.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.EksServiceClientConfiguration;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/**
 * Proves to a cluster of EKS who asks: a question to STS who one is, signed for that cluster, which
 * the cluster asks in our name. STS of the cluster's own Region answers it, and nothing is sent
 * here: wherever the worker finds AWS's APIs, the cluster asks STS itself.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">aws-iam-authenticator</a>
 */
final class EksToken {
  /** As older authenticators insist on; STS itself answers for 15 minutes all the same. */
  private static final Duration VALID = Duration.ofSeconds(60);

  private EksToken() {}

  /**
   * @param eks who asks, and where
   */
  static String of(EksClient eks, String cluster) {
    EksServiceClientConfiguration asked = eks.serviceClientConfiguration();
    AwsCredentialsIdentity identity = asked.credentialsProvider().resolveIdentity().join();
    String question = signed(whoAmI(asked.region(), cluster), identity, asked.region());
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(question.getBytes(UTF_8));
  }

  private static SdkHttpRequest whoAmI(Region region, String cluster) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.GET)
        .uri(
            StsEndpointProvider.defaultProvider()
                .resolveEndpoint(of -> of.region(region).useGlobalEndpoint(false))
                .join()
                .url())
        .encodedPath("/")
        .putRawQueryParameter("Action", "GetCallerIdentity")
        .putRawQueryParameter("Version", "2011-06-15")
        .putHeader("x-k8s-aws-id", cluster)
        .build();
  }

  private static String signed(
      SdkHttpRequest question, AwsCredentialsIdentity identity, Region region) {
    return AwsV4HttpSigner.create()
        .sign(to ->
            to.identity(identity)
                .request(question)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALID))
        .request()
        .getUri()
        .toString();
  }
}
