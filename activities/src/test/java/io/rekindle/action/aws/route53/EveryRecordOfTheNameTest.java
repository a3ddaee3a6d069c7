package io.rekindle.action.aws.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.dns.Dns;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.traffic.Route53;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Users ask for A, AAAA and HTTPS as their machines please. All types at the name are read; what a
 * step does not move and would lead elsewhere blocks it, each by its name.
 */
class EveryRecordOfTheNameTest extends ActionWorld<Route53.Upsert> {
  private static final String NAME = "www.example.com";
  private static final String TARGET = "recovery-1.us-west-2.elb.amazonaws.com";
  private static final String TARGET_ZONE = "Z1H1FL5HABSF5";
  private final Route53World route53 = new Route53World(in("us-east-1", Route53Client::builder));
  private final Dns dns = new Dns(NameServers.at(SimulatedAws.aws().dns()));
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
    zone = route53.zone();
  }

  @BeforeEach
  void aZone() {
    given();
  }

  private void stands(RRType type, String... values) {
    instantly(() -> route53.put(Route53World.record(NAME, type, values)));
  }

  private void stands(ResourceRecordSet set) {
    instantly(() -> route53.put(set));
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  @Test
  void anAaaaRecordThatStaysKeepsUsersAndBlocksTheStep() {
    stands(RRType.A, "192.0.2.1");
    stands(RRType.AAAA, "2001:db8::1");
    assertThat(why(step().observe()))
        .contains(NAME, "AAAA 2001:db8::1 would still lead elsewhere", "dualStack");
    assertThat(step().check().ready()).isFalse();
    step().apply(new Due("upsert", Map.of()));
    assertThat(changes()).isEmpty();
  }

  @Test
  void eachThatWouldLeadElsewhereIsNamed() {
    stands(RRType.AAAA, "2001:db8::1");
    stands(RRType.HTTPS, "1 . alpn=h2 ipv4hint=192.0.2.1");
    assertThat(why(step().observe()))
        .contains("AAAA 2001:db8::1", "HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1", "would still lead");
  }

  @Test
  void aCnameOfTheNameIsSeenByLookAndCheckBeforeRoute53RefusesTheAlias() {
    stands(RRType.CNAME, "primary.example.com");
    StepDriver step =
        step(with("alias: { target: '%s', zone: '%s' }".formatted(TARGET, TARGET_ZONE)));
    assertThat(why(step.observe()))
        .contains("stands beside CNAME primary.example.com", "delete it", "type CNAME");
    assertThat(step.check().ready()).isFalse();
    assertThat(step.check().evidence()).contains("CNAME primary.example.com");
    assertThat(
            catchThrowableOfType(
                    InvalidChangeBatchException.class,
                    () -> route53.put(Route53World.alias(NAME, TARGET, TARGET_ZONE)))
                .getMessage())
        .contains("conflicting RRSet of type CNAME");
  }

  @Test
  void aCnameCannotComeBesideOthers() {
    stands(RRType.A, "192.0.2.1");
    assertThat(why(step(with("type: 'CNAME', values: 'recovery.example.com'")).observe()))
        .contains("stands beside A 192.0.2.1", "allows a CNAME no other record");
  }

  @Test
  void whatLeadsToTheSamePlaceOrNowhereIsNotInTheWay() {
    stands(
        Route53World.alias(NAME, "dualstack." + TARGET, TARGET_ZONE).toBuilder()
            .type(RRType.AAAA)
            .build());
    stands(RRType.HTTPS, "1 . alpn=h2");
    stands(RRType.MX, "10 mail.example.com");
    stands(RRType.TXT, "\"v=spf1 -all\"");
    String alias = "alias: { target: '%s', zone: '%s' }".formatted(TARGET, TARGET_ZONE);
    assertThat(step(with(alias)).observe()).isInstanceOf(Due.class);
  }

  @Test
  void recordsThatNoUserFindsAServerByBotherNobody() {
    stands(RRType.AAAA, "2001:db8::1");
    assertThat(step(with("type: 'TXT', values: 'v=spf1 -all'")).observe()).isInstanceOf(Due.class);
  }

  @Test
  void oneStepMovesBothAddressesInOneChangeAndBack() {
    stands(RRType.A, "192.0.2.1");
    stands(RRType.AAAA, "2001:db8::1");
    StepDriver step = step(with("dualStack: true, values: ['192.0.2.2', '2001:db8::2']"));
    Due due = step.due();
    assertThat(due.before())
        .isEqualTo(
            Map.of(
                "ttl",
                "60",
                "values",
                "192.0.2.1",
                "AAAA.ttl",
                "60",
                "AAAA.values",
                "2001:db8::1"));
    Settled settled = step.settled();
    assertThat(settled.outputs()).containsEntry("formerValue", "192.0.2.1,2001:db8::1");
    assertThat(changes()).containsExactly("ChangeResourceRecordSets");
    assertThat(dns.ask(NAME, "A").first()).isEqualTo("192.0.2.2");
    assertThat(dns.ask(NAME, "AAAA").first()).isEqualTo("2001:db8:0:0:0:0:0:2");
    step.undo();
    assertThat(dns.ask(NAME, "A").first()).isEqualTo("192.0.2.1");
    assertThat(dns.ask(NAME, "AAAA").first()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(changes()).hasSize(2);
  }

  @Test
  void ofBothThatOneWhichWasNotThereIsDeletedAgain() {
    stands(RRType.A, "192.0.2.1");
    StepDriver step = step(with("dualStack: true, values: ['192.0.2.2', '2001:db8::2']"));
    step.settled();
    step.undo();
    assertThat(route53.records(NAME)).extracting(ResourceRecordSet::type).containsOnly(RRType.A);
    assertThat(dns.ask(NAME, "A").first()).isEqualTo("192.0.2.1");
  }
}
