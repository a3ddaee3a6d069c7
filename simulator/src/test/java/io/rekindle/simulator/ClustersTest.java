package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.cluster.Cluster;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

class ClustersTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final String HERE = "us-east-2";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/web";
  private static final String PODS = "/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb";
  private static int account;
  private final String owner = "6100000000" + (10 + account++);
  private final Cluster cluster = SIMULATOR.clusters().lead(owner, HERE, "shop-dr");
  private String authorization = "Bearer t0ken";

  @BeforeEach
  void aDeploymentOfTwoPods() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("Scale", TIME);
    cluster.kubeconfig("t0ken");
    cluster.deployment("shop", "web", 2);
  }

  @Test
  void eksTellsWhereAClusterIsAndWhomToTrust() {
    EksClient eks = Aws.of(SIMULATOR, owner).client(EksClient.builder());
    eks.createCluster(it ->
        it.name("shop-dr")
            .roleArn("arn:aws:iam::" + owner + ":role/cluster")
            .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1", "subnet-2")));
    var told = eks.describeCluster(it -> it.name("shop-dr")).cluster();
    assertThat(told.endpoint()).isEqualTo(cluster.address().toString());
    assertThat(new String(Base64.getDecoder().decode(told.certificateAuthority().data()), UTF_8))
        .isEqualTo(cluster.authority());
    SIMULATOR.tempo().endsAs("DescribeCluster", "CREATING");
    var young = eks.describeCluster(it -> it.name("shop-dr")).cluster();
    assertThat(young.statusAsString()).isEqualTo("CREATING");
    assertThat(young.endpoint()).isNull();
  }

  @Test
  void podsBecomeReadyOneAfterTheOther() {
    scale(4);
    assertThat(deployment().at("/metadata/generation").asInt()).isEqualTo(2);
    assertThat(deployment().at("/status/observedGeneration").asInt()).isEqualTo(1);
    pass(TIME.dividedBy(2));
    assertThat(deployment().at("/status/observedGeneration").asInt()).isEqualTo(2);
    assertThat(deployment().at("/status/readyReplicas").asInt()).isEqualTo(3);
    pass(TIME.dividedBy(2));
    assertThat(deployment().at("/status/readyReplicas").asInt()).isEqualTo(4);
  }

  @Test
  void aPodThatIsToldToEndCountsNoMoreBeforeItHasEnded() {
    scale(0);
    pass(TIME.dividedBy(4));
    assertThat(deployment().at("/status/replicas").asInt()).isZero();
    assertThat(pods()).hasSize(2).allMatch(pod -> pod.at("/metadata").has("deletionTimestamp"));
    pass(TIME.dividedBy(4));
    assertThat(pods()).isEmpty();
  }

  @Test
  void podsWaitUntilThereAreNodes() {
    cluster.nodesFor(2);
    scale(3);
    pass(TIME);
    assertThat(pods().getLast().at("/status/conditions/0/reason").asText())
        .isEqualTo("Unschedulable");
    cluster.nodesFor(3);
    assertThat(deployment().at("/status/readyReplicas").asInt()).isEqualTo(2);
    pass(TIME);
    assertThat(deployment().at("/status/readyReplicas").asInt()).isEqualTo(3);
  }

  @Test
  void newPodsCanBeMadeToFail() {
    SIMULATOR.tempo().endsAs("Scale", "CrashLoopBackOff");
    scale(3);
    pass(TIME);
    assertThat(pods().getLast().at("/status/containerStatuses/0/state/waiting/reason").asText())
        .isEqualTo("CrashLoopBackOff");
  }

  @Test
  void anAutoscalerRestoresItsLimitsButLeavesNothingAtNothing() {
    cluster.autoscaler("shop", "web", "web", 2, 5);
    scale(9);
    pass(Duration.ofSeconds(15));
    assertThat(deployment().at("/spec/replicas").asInt()).isEqualTo(5);
    scale(0);
    pass(Duration.ofSeconds(15));
    assertThat(deployment().at("/spec/replicas").asInt()).isZero();
  }

  @Test
  void aStaleVersionIsAConflict() {
    String stale = deployment().at("/metadata/resourceVersion").asText();
    scale(3);
    assertThat(scale(4, stale)).isEqualTo(409);
    assertThat(scale(4, deployment().at("/metadata/resourceVersion").asText())).isEqualTo(200);
  }

  @Test
  void whoIsUnknownOrMayNotIsRefused() {
    cluster.forbid("update deployments/scale");
    assertThat(scale(3, "")).isEqualTo(403);
    authorization = "Bearer other";
    assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(401);
    authorization = "";
    assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenOfEksIsGoodForItsClusterAndAccountOnly() {
    AwsBasicCredentials own = AwsBasicCredentials.create(owner, "test");
    assertThat(statusFor(token(own, "shop-dr"))).isEqualTo(200);
    assertThat(statusFor(token(own, "other"))).isEqualTo(401);
    AwsBasicCredentials foreign = AwsBasicCredentials.create("210987654321", "test");
    assertThat(statusFor(token(foreign, "shop-dr"))).isEqualTo(401);
    assertThat(statusFor(token(AwsBasicCredentials.create(owner, "wrong"), "shop-dr")))
        .isEqualTo(401);
    cluster.dropAccessEntries();
    assertThat(statusFor(token(own, "shop-dr"))).isEqualTo(401);
  }

  @Test
  void aTokenOfAnAssumedRoleIsGoodToo() {
    Credentials given =
        Aws.of(SIMULATOR, owner)
            .client(StsClient.builder())
            .assumeRole(role ->
                role.roleArn("arn:aws:iam::" + owner + ":role/recovery").roleSessionName("it"))
            .credentials();
    AwsSessionCredentials assumed =
        AwsSessionCredentials.create(
            given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    assertThat(statusFor(token(assumed, "shop-dr"))).isEqualTo(200);
  }

  @Test
  void inADarkRegionNobodyAnswers() {
    Fault dark = SIMULATOR.faults().dark(HERE);
    try {
      HttpRequest asking =
          HttpRequest.newBuilder(cluster.address().resolve(DEPLOYMENT))
              .timeout(Duration.ofMillis(300))
              .build();
      assertThatThrownBy(() -> client().send(asking, BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class);
    } finally {
      dark.end();
    }
    assertThat(get(DEPLOYMENT).statusCode()).isEqualTo(200);
  }

  private int statusFor(String token) {
    authorization = "Bearer " + token;
    return get(DEPLOYMENT).statusCode();
  }

  private static String token(AwsCredentialsIdentity as, String cluster) {
    SdkHttpRequest asking =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("https://sts." + HERE + ".amazonaws.com/"))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader("x-k8s-aws-id", cluster)
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(it ->
                it.identity(as)
                    .request(asking)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, HERE)
                    .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60)))
            .request();
    return "k8s-aws-v1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signed.getUri().toString().getBytes(UTF_8));
  }

  private static void pass(Duration time) {
    SIMULATOR.tempo().pass(time);
  }

  private void scale(int replicas) {
    assertThat(scale(replicas, "")).isEqualTo(200);
  }

  private int scale(int replicas, String version) {
    String body =
        Json.print(
            Map.of(
                "metadata",
                Map.of("resourceVersion", version),
                "spec",
                Map.of("replicas", replicas)));
    return send(DEPLOYMENT + "/scale", "PUT", body).statusCode();
  }

  private JsonNode deployment() {
    return Json.parse(get(DEPLOYMENT).body());
  }

  private List<JsonNode> pods() {
    JsonNode items = Json.parse(get(PODS).body()).path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private HttpResponse<String> get(String path) {
    return send(path, "GET", "");
  }

  private HttpResponse<String> send(String path, String method, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(cluster.address().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return client().send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpClient client() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "it",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(cluster.authority().getBytes(UTF_8))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).build();
    } catch (GeneralSecurityException | IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
