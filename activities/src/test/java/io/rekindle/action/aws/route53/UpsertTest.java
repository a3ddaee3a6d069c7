package io.rekindle.action.aws.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.simulator.Call;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;

class UpsertTest extends ActionContract<Route53.Upsert> {
  private static final String NAME = "www.example.com";
  private final Dns dns = new Dns(NameServers.at(SimulatedAws.aws().dns()));
  private final Route53World route53 = new Route53World(in("us-east-1", Route53Client::builder));
  private String zone = "";

  @Override
  protected ActionHandler<Route53.Upsert> handler() {
    return new Upsert(dns);
  }

  @Override
  protected String with() {
    return with("values: '192.0.2.2'");
  }

  private String with(String more) {
    return "{ zone: '%s', record: '%s', %s }".formatted(zone, NAME, more);
  }

  @Override
  protected void world() {
    aZone();
    put(simple("192.0.2.1"));
  }

  private void aZone() {
    zone = route53.zone();
  }

  @Test
  void asksTheGlobalServiceAtTheEndpointThatWasSet() {
    given();
    step().settled();
    assertThat(SimulatedAws.aws().calls())
        .filteredOn(call -> !call.caller().run().isEmpty())
        .isNotEmpty()
        .extracting(Call::service, Call::region)
        .containsOnly(tuple("route53", "us-east-1"));
  }

  @Test
  void saysWhatTheRecordAnsweredBefore() {
    given();
    assertThat(former(step())).isEqualTo("192.0.2.1");
    assertThat(dns.authoritative(NAME, "A").getFirst().values()).containsExactly("192.0.2.2");
  }

  /** Open runs hold it in these words. */
  @Test
  void theFormerRecordIsInHistory() {
    instantly(this::aZone);
    assertThat(step().due()).isEqualTo(new Due("upsert", Map.of()));
    put(Route53World.record(NAME, RRType.A, "192.0.2.3", "192.0.2.1"));
    assertThat(step().due())
        .isEqualTo(new Due("upsert", Map.of("ttl", "60", "values", "192.0.2.1\n192.0.2.3")));
  }

  @Test
  void aFormerAliasIsInHistory() {
    instantly(this::aZone);
    LoadBalancer balancer = balancer();
    put(Route53World.alias(NAME, balancer.dnsName(), balancer.canonicalHostedZoneId()));
    assertThat(step().due().before())
        .isEqualTo(
            Map.of(
                "aliasTarget",
                balancer.dnsName() + ".",
                "aliasZone",
                balancer.canonicalHostedZoneId(),
                "evaluateTargetHealth",
                "true"));
  }

  @Test
  void aFormerHalfIsInHistory() {
    instantly(this::aZone);
    String check = "11111111-2222-3333-4444-555555555555";
    put(
        half(ResourceRecordSetFailover.PRIMARY, "192.0.2.1").toBuilder()
            .healthCheckId(check)
            .build());
    String with = "values: '192.0.2.2', failover: { setIdentifier: 'primary', role: 'primary' }";
    assertThat(step(with(with)).due().before())
        .isEqualTo(
            Map.of(
                "ttl", "60", "values", "192.0.2.1", "failover", "PRIMARY", "healthCheck", check));
  }

  @Test
  void waitsAsLongAsUsersMayRememberTheFormerRecord() {
    given();
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(100));
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage()).contains("caches may keep the former one until", NAME);
    step.changedAgo(Duration.ofSeconds(125)).settled();
  }

  @Test
  void aLookThatIsAskedForLaterWaitsNoLonger() {
    given();
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(125)).after(Duration.ofHours(1));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void aLongTtlIsWaitedFor() {
    instantly(this::aZone);
    put(simple("192.0.2.1").toBuilder().ttl(300L).build());
    StepDriver step = unhurried();
    step.apply(step.due());
    step.changedAgo(Duration.ofSeconds(355));
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .contains("caches may keep the former one until");
    assertThat(step.changedAgo(Duration.ofSeconds(365)).observe()).isInstanceOf(Settled.class);
  }

  @Test
  void aZoneOfAnotherAccountIsChangedWithTheRoleOfTheStep() {
    Route53World other =
        new Route53World(inAccount("210987654321", "us-east-1", Route53Client::builder));
    instantly(() -> zone = other.zone());
    StepDriver step = step(with("values: '192.0.2.2', role: 'arn:aws:iam::210987654321:role/dns'"));
    step.apply(step.due());
    assertThat(other.records(NAME)).hasSize(1);
    assertThat(SimulatedAws.aws().calls())
        .filteredOn(call -> call.operation().equals("AssumeRole"))
        .as("through the STS of the recovery Region, not that of us-east-1")
        .extracting(Call::region)
        .containsOnly(HERE);
  }

  @Test
  void aRecordThatIsAsWantedIsLeftAloneAndNotWaitedFor() {
    given();
    instantly(() -> put(simple("192.0.2.2")));
    StepDriver step = step().after(Duration.ofHours(1));
    assertThat(former(step)).isEqualTo("192.0.2.2");
    step.undo();
    assertThat(changes()).isEmpty();
  }

  @Test
  void anotherTtlIsAnotherRecord() {
    given();
    StepDriver step = step(with("values: '192.0.2.1', ttl: '30s'"));
    step.settled();
    assertThat(look().ttl()).isEqualTo(30);
    step.undo();
    assertThat(look().ttl()).isEqualTo(60);
  }

  @Test
  void whatIsOnlyWrittenInAnotherWayIsLeftAlone() {
    instantly(this::aZone);
    put(Route53World.record(NAME, RRType.AAAA, "2001:db8:0:0:0:0:0:1"));
    step(with("type: 'AAAA', values: '2001:DB8::1'")).settled();
    assertThat(changes()).isEmpty();
  }

  @Test
  void textGetsItsQuotationMarks() {
    given();
    step(with("type: 'TXT', values: 'v=spf1 -all'")).settled();
    assertThat(records())
        .extracting(set -> set.resourceRecords().getFirst().value())
        .contains("\"v=spf1 -all\"");
  }

  @Test
  void aRecordThatWasNotThereIsDeletedAgain() {
    instantly(this::aZone);
    StepDriver step = step();
    assertThat(former(step)).isEmpty();
    step.undo();
    assertThat(records()).isEmpty();
  }

  @Test
  void anAliasIsEverywhereWhenItLeadsToItsTarget() {
    given();
    LoadBalancer balancer = balancer();
    StepDriver step =
        step(
            with(
                "alias: { target: '%s', zone: '%s' }"
                    .formatted(balancer.dnsName(), balancer.canonicalHostedZoneId())));
    step.settled();
    assertThat(look().aliasTarget().dnsName()).startsWith(balancer.dnsName());
    assertThat(dns.authoritative(NAME, "A").getFirst().values())
        .isEqualTo(dns.addresses(balancer.dnsName(), "A"));
    step.undo();
    assertThat(look().resourceRecords().getFirst().value()).isEqualTo("192.0.2.1");
  }

  @Test
  void anAliasIsPutBackAsItWas() {
    instantly(this::aZone);
    LoadBalancer balancer = balancer();
    instantly(
        () -> put(Route53World.alias(NAME, balancer.dnsName(), balancer.canonicalHostedZoneId())));
    ResourceRecordSet before = look();
    StepDriver step = step();
    assertThat(former(step)).isEqualTo(balancer.dnsName());
    step.undo();
    assertThat(look()).isEqualTo(before);
  }

  @Test
  void changesOneHalfOfAFailoverPairOnly() {
    instantly(this::aZone);
    instantly(() -> {
      put(half(ResourceRecordSetFailover.PRIMARY, "192.0.2.1"));
      put(half(ResourceRecordSetFailover.SECONDARY, "192.0.2.9"));
    });
    StepDriver step =
        step(with("values: '192.0.2.2', failover: { setIdentifier: 'primary', role: 'primary' }"));
    assertThat(former(step)).isEqualTo("192.0.2.1");
    assertThat(records())
        .extracting(set -> set.resourceRecords().getFirst().value())
        .containsExactlyInAnyOrder("192.0.2.2", "192.0.2.9");
    step.undo();
    assertThat(records())
        .extracting(set -> set.resourceRecords().getFirst().value())
        .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.9");
  }

  @Test
  void saysThatASimpleRecordCannotStandBesideAPair() {
    instantly(this::aZone);
    instantly(() -> put(half(ResourceRecordSetFailover.PRIMARY, "192.0.2.1")));
    assertThat(why(step().observe()))
        .contains("half of a failover pair", "set failover, with role primary or secondary");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    put(simple("192.0.2.7"));
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has changed", "restore 192.0.2.1 by hand");
    assertThat(look().resourceRecords().getFirst().value()).isEqualTo("192.0.2.7");
  }

  @Test
  void asksWhenThereIsNoSuchZone() {
    zone = "Z0123456789";
    assertThat(why(step().observe())).contains("the hosted zone Z0123456789 does not exist");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void asksWhenTheRecordBelongsToAnotherZone() {
    given();
    assertThat(
            step("{ zone: '%s', record: 'www.example.org', values: '192.0.2.2' }".formatted(zone))
                .check()
                .evidence())
        .contains("example.com.", "www.example.org");
  }

  private static String former(StepDriver step) {
    assertThat(step.settled().outputs()).containsEntry("record", NAME);
    return String.valueOf(step.settled().outputs().get("formerValue"));
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private void put(ResourceRecordSet set) {
    route53.put(set);
  }

  private static ResourceRecordSet simple(String value) {
    return Route53World.record(NAME, RRType.A, value);
  }

  private static ResourceRecordSet half(ResourceRecordSetFailover half, String value) {
    return Route53World.half(NAME, half, value);
  }

  private List<ResourceRecordSet> records() {
    return route53.records(NAME);
  }

  private ResourceRecordSet look() {
    return records().getFirst();
  }

  private LoadBalancer balancer() {
    List<Subnet> subnets = in(HERE, Ec2Client::builder).describeSubnets().subnets();
    return in(HERE, ElasticLoadBalancingV2Client::builder)
        .createLoadBalancer(
            it -> it.name("shop").subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
        .loadBalancers()
        .getFirst();
  }
}
