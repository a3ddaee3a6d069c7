package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.plan.PlanReader;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.wire.Callers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class VisitorCounterTest {
  private static final Simulator SIMULATOR = Simulators.withDatabases();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Aws east = Aws.of(SIMULATOR, Callers.EXAMPLE_ACCOUNT);
  private final Aws west = east.in(Aws.WEST);
  private final Seeded counter = SIMULATOR.seed(Example.VISITOR_COUNTER);

  @AfterEach
  void reset() {
    counter.close();
    SIMULATOR.reset();
  }

  @AfterAll
  static void stop() {
    HTTP.close();
  }

  @Test
  void theSiteAnswersWithTheRegionThatServesAndItsRows() throws Exception {
    assertThat(health(counter.site().everybody().http()).body())
        .startsWith("us-east-2 has counted 42 visits");
    get(counter.site().everybody().http(), "/");
    assertThat(health(counter.site().primary().http()).body()).contains("43 visits");
    assertThat(health(counter.site().recovery().http()).statusCode()).isEqualTo(503);
  }

  @Test
  void recoveredByHandItServesTheRowsOfTheCopyFromTheOtherRegion() throws Exception {
    Fault outage = SIMULATOR.faults().dark("us-east-2");
    assertThatThrownBy(
            () -> get(counter.site().everybody().http(), "/health", Duration.ofMillis(500)))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(counter.site().isPrimaryHealthy()).isFalse();

    DBInstance restored = restore();
    publish(restored);
    scale();
    assertThat(health(counter.site().recovery().http()).body())
        .startsWith("us-west-2 has counted 42 visits");

    point(counter.world().recovery().balancer());
    assertThat(health(counter.site().everybody().http()).body()).startsWith("us-west-2");
    outage.end();
    assertThat(health(counter.site().everybody().http()).body()).startsWith("us-west-2");
  }

  @Test
  void tasksThatStartBeforeTheirDatabaseIsRestoredCountFromTheEmptyOne() throws Exception {
    scale();
    assertThat(health(counter.site().recovery().http()).body()).contains("0 visits");
  }

  @Test
  void theExamplesPlanIsValidAndNamesOnlyThisMachine() throws IOException {
    String plan = counter.plan().of(Files.readString(Path.of("../examples/visitor-counter.yaml")));
    PlanReader.Reading reading = PlanReader.read("visitor-counter.yaml", plan);
    assertThat(reading.problems()).isEmpty();
    assertThat(plan)
        .contains(
            counter.site().recovery().https() + "/health",
            "uses: verify.tls",
            "host: 127.0.0.1, port: " + counter.site().primary().https().getPort(),
            counter.world().zone().id())
        .doesNotContain("https://v", "https://$", "host: \"$", "sg-0b84d17f2e6ac9350");
  }

  @Test
  void whoTrustsTheAuthorityIsShownACertificateForTheName() throws Exception {
    URI site = counter.site().everybody().https();
    assertThatThrownBy(() -> health(site)).isInstanceOf(SSLHandshakeException.class);
    try (HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build()) {
      HttpRequest request = HttpRequest.newBuilder(site.resolve("/health")).build();
      HttpResponse<String> answer = trusting.send(request, BodyHandlers.ofString());
      assertThat(answer.body()).startsWith("us-east-2 has counted 42 visits");
      X509Certificate shown =
          (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
      assertThat(shown.getSubjectAlternativeNames()).contains(List.of(2, "visitors.example.com"));
    }
  }

  private static SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(SIMULATOR.authority().pem().getBytes(UTF_8))));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private DBInstance restore() {
    RdsClient rds = west.client(RdsClient.builder());
    String snapshot =
        rds.describeDBSnapshots(it -> it.dbInstanceIdentifier("lampstack-db"))
            .dbSnapshots()
            .getFirst()
            .dbSnapshotIdentifier();
    rds.restoreDBInstanceFromDBSnapshot(it ->
        it.dbInstanceIdentifier("lampstack-db-0a1b2c")
            .dbSnapshotIdentifier(snapshot)
            .dbInstanceClass("db.t3.micro")
            .dbSubnetGroupName("lampstack-dr")
            .dbParameterGroupName("lampstack-mysql80")
            .vpcSecurityGroupIds(counter.world().recovery().databaseGroup()));
    rds.modifyDBInstance(
        it -> it.dbInstanceIdentifier("lampstack-db-0a1b2c").masterUserPassword("N3wPassw0rd"));
    return rds.describeDBInstances(it -> it.dbInstanceIdentifier("lampstack-db-0a1b2c"))
        .dbInstances()
        .getFirst();
  }

  private void publish(DBInstance database) {
    west.client(SecretsManagerClient.builder())
        .putSecretValue(it ->
            it.secretId("lampstack/db")
                .secretString(
                    """
                    {"engine":"mysql","host":"%s","port":"%d","username":"%s","password":"N3wPassw0rd","dbname":"visitors"}\
                    """
                        .formatted(
                            database.endpoint().address(),
                            database.endpoint().port(),
                            database.masterUsername())));
  }

  private void scale() {
    EcsClient ecs = west.client(EcsClient.builder());
    ecs.updateService(
        it -> it.cluster("lampstack-cluster").service("lampstack-service").desiredCount(2));
  }

  private void point(Balancer balancer) {
    east.in(Region.AWS_GLOBAL)
        .client(Route53Client.builder())
        .changeResourceRecordSets(it ->
            it.hostedZoneId(counter.world().zone().id())
                .changeBatch(batch ->
                    batch.changes(change ->
                        change
                            .action(ChangeAction.UPSERT)
                            .resourceRecordSet(set ->
                                set.name("visitors.example.com")
                                    .type(RRType.A)
                                    .aliasTarget(alias ->
                                        alias
                                            .dnsName(balancer.name())
                                            .hostedZoneId(balancer.zone())
                                            .evaluateTargetHealth(true))))));
  }

  private static HttpResponse<String> health(URI site) throws IOException, InterruptedException {
    return get(site, "/health");
  }

  private static HttpResponse<String> get(URI site, String path)
      throws IOException, InterruptedException {
    return get(site, path, Duration.ofSeconds(5));
  }

  private static HttpResponse<String> get(URI site, String path, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(site.resolve(path)).timeout(patience).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
