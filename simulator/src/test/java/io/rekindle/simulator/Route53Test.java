package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;

class Route53Test {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static int account;
  private final Route53Client route53 =
      Aws.of(SIMULATOR, "6000000000" + (10 + account++))
          .in(Region.AWS_GLOBAL)
          .client(Route53Client.builder());
  private String zone = "";

  @BeforeEach
  void aZone() {
    SIMULATOR.tempo().forget();
    zone =
        route53
            .createHostedZone(it -> it.name("example.com").callerReference("zone"))
            .hostedZone()
            .id()
            .replace("/hostedzone/", "");
  }

  @Test
  void aChangeIsPendingBeforeItIsEverywhere() {
    SIMULATOR.tempo().lasts("ChangeResourceRecordSets", Duration.ofMinutes(1));
    ChangeInfo change = change(ChangeAction.UPSERT, record("192.0.2.1"));
    assertThat(change.statusAsString()).isEqualTo("PENDING");
    assertThat(status(change)).isEqualTo("PENDING");
    SIMULATOR.tempo().pass(Duration.ofMinutes(1));
    assertThat(status(change)).isEqualTo("INSYNC");
  }

  @Test
  void everyChangeHasAnIdOfItsOwnAndNoOtherIsKnown() {
    ChangeInfo one = change(ChangeAction.UPSERT, record("192.0.2.1"));
    ChangeInfo other = change(ChangeAction.UPSERT, record("192.0.2.2"));
    assertThat(one.id()).isNotEqualTo(other.id());
    assertRefused("NoSuchChange", 404, () -> route53.getChange(it -> it.id("C0000")));
  }

  @Test
  void aRecordThatExistsCannotBeCreated() {
    change(ChangeAction.CREATE, record("192.0.2.1"));
    assertRefused(
        "InvalidChangeBatch", 400, () -> change(ChangeAction.CREATE, record("192.0.2.2")));
    assertThat(value()).isEqualTo("192.0.2.1");
    change(ChangeAction.UPSERT, record("192.0.2.2"));
    assertThat(value()).isEqualTo("192.0.2.2");
  }

  @Test
  void aRecordThatIsNotThereCannotBeDeleted() {
    assertRefused(
        "InvalidChangeBatch", 400, () -> change(ChangeAction.DELETE, record("192.0.2.1")));
  }

  @Test
  void aSimpleRecordCannotStandBesideAFailoverPair() {
    change(
        ChangeAction.CREATE,
        record("192.0.2.1").toBuilder()
            .setIdentifier("primary")
            .failover(ResourceRecordSetFailover.PRIMARY)
            .build());
    assertRefused(
        "InvalidChangeBatch", 400, () -> change(ChangeAction.UPSERT, record("192.0.2.2")));
  }

  @Test
  void aCnameStandsAloneAtItsName() {
    change(ChangeAction.CREATE, cname());
    assertThat(
            catchThrowableOfType(
                    InvalidChangeBatchException.class,
                    () -> change(ChangeAction.UPSERT, record("192.0.2.1")))
                .getMessage())
        .contains(
            "RRSet of type A with DNS name visitors.example.com. is not permitted because a"
                + " conflicting RRSet of type CNAME");
    change(ChangeAction.DELETE, cname());
    change(ChangeAction.CREATE, record("192.0.2.1"));
    assertRefused("InvalidChangeBatch", 400, () -> change(ChangeAction.CREATE, cname()));
  }

  private static ResourceRecordSet cname() {
    return record("primary.example.com").toBuilder().type(RRType.CNAME).build();
  }

  @Test
  void anAliasHasNoTtlAndNamesItsTargetInFull() {
    change(
        ChangeAction.CREATE,
        ResourceRecordSet.builder()
            .name("visitors.example.com")
            .type(RRType.A)
            .aliasTarget(target ->
                target
                    .dnsName("web-1.us-west-2.elb.amazonaws.com")
                    .hostedZoneId("Z1H1FL5HABSF5")
                    .evaluateTargetHealth(true))
            .build());
    assertThat(listed().ttl()).isNull();
    assertThat(listed().aliasTarget().dnsName()).isEqualTo("web-1.us-west-2.elb.amazonaws.com.");
    assertThat(listed().aliasTarget().evaluateTargetHealth()).isTrue();
  }

  @Test
  void aRequestForNoRegionIsOneForTheFirst() {
    route53.getHostedZone(it -> it.id(zone));
    assertThat(SIMULATOR.calls().getLast().region()).isEqualTo("us-east-1");
  }

  @Test
  void anUpdatedHealthCheckHasTheNextVersion() {
    String id = healthCheck();
    assertThat(version(id)).isEqualTo(1);
    assertThat(
            route53
                .updateHealthCheck(it -> it.healthCheckId(id).inverted(true).healthCheckVersion(1L))
                .healthCheck()
                .healthCheckVersion())
        .isEqualTo(2);
    assertThat(version(id)).isEqualTo(2);
    assertRefused(
        "HealthCheckVersionMismatch",
        409,
        () -> route53.updateHealthCheck(it -> it.healthCheckId(id).healthCheckVersion(1L)));
  }

  @Test
  void whatTheCheckersSeeCanBeTold() {
    String id = healthCheck();
    AtomicBoolean healthy = new AtomicBoolean(true);
    SIMULATOR.healthChecks().see(id, healthy::get);
    assertThat(seen(id)).startsWith("Success");
    healthy.set(false);
    assertThat(seen(id)).startsWith("Failure");
    assertRefused(
        "NoSuchHealthCheck", 404, () -> route53.getHealthCheckStatus(it -> it.healthCheckId("no")));
  }

  private ChangeInfo change(ChangeAction action, ResourceRecordSet set) {
    return route53
        .changeResourceRecordSets(it ->
            it.hostedZoneId(zone)
                .changeBatch(
                    batch -> batch.changes(change -> change.action(action).resourceRecordSet(set))))
        .changeInfo();
  }

  private static ResourceRecordSet record(String value) {
    return ResourceRecordSet.builder()
        .name("visitors.example.com")
        .type(RRType.A)
        .ttl(60L)
        .resourceRecords(record -> record.value(value))
        .build();
  }

  private String status(ChangeInfo change) {
    return route53.getChange(it -> it.id(change.id())).changeInfo().statusAsString();
  }

  private ResourceRecordSet listed() {
    return route53
        .listResourceRecordSets(it ->
            it.hostedZoneId(zone).startRecordName("visitors.example.com").startRecordType("A"))
        .resourceRecordSets()
        .getFirst();
  }

  private String value() {
    return listed().resourceRecords().getFirst().value();
  }

  private String healthCheck() {
    return route53
        .createHealthCheck(it ->
            it.callerReference("check")
                .healthCheckConfig(check ->
                    check
                        .type(HealthCheckType.HTTPS)
                        .fullyQualifiedDomainName("visitors.example.com")))
        .healthCheck()
        .id();
  }

  private long version(String id) {
    return route53.getHealthCheck(it -> it.healthCheckId(id)).healthCheck().healthCheckVersion();
  }

  private String seen(String id) {
    return route53
        .getHealthCheckStatus(it -> it.healthCheckId(id))
        .healthCheckObservations()
        .stream()
        .map(HealthCheckObservation::statusReport)
        .findFirst()
        .orElseThrow()
        .status();
  }
}
