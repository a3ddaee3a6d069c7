package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.dns.Route53World;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.simulator.dns.NameServer.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

class DnsTest extends VerifyContract<Verify.Dns> {
  private static final String NAME = "orders.example.com";

  private final ActionHandler<Verify.Dns> handler =
      new Dns(new io.rekindle.action.aws.dns.Dns(NameServers.at(SimulatedAws.aws().dns())));

  @Override
  protected ActionHandler<Verify.Dns> handler() {
    return handler;
  }

  @Override
  protected String with() {
    return "{name: '%s', values: ['192.0.2.10', '192.0.2.11']}".formatted(NAME);
  }

  @Override
  protected void given() {
    put(RRType.A, "192.0.2.11", "192.0.2.10");
  }

  @Override
  protected void notYet() {
    put(RRType.A, "192.0.2.1");
  }

  @Override
  protected String[] said() {
    return new String[] {
      "A " + NAME, "192.0.2.10, 192.0.2.11", ":" + SimulatedAws.aws().dns().getPort(), "192.0.2.1"
    };
  }

  @Test
  void whatTheServersAnswerIsGivenOn() {
    given();
    assertThat(((Settled) step().observe()).outputs())
        .containsEntry("record", NAME)
        .containsEntry("answer", "192.0.2.10,192.0.2.11")
        .hasEntrySatisfying(
            "seen", seen -> assertThat(seen).endsWith(" answers 192.0.2.10, 192.0.2.11"));
  }

  @Test
  void behindAClosedPortTheResolverDecidesAndWhoWasSilentIsSaid() {
    given();
    SimulatedAws.aws().nameServer().fallSilent(Silence.AUTHORITIES);
    assertThat(((Settled) step().observe()).outputs().get("seen"))
        .contains("answers nothing in time; the resolver at ");
    SimulatedAws.aws().nameServer().fallSilent(Silence.EVERYBODY);
    assertThat(failure(step()).getOriginalMessage()).contains("answers nothing in time");
  }

  @Test
  void anAliasHasTheAddressesOfItsLoadBalancer() {
    LoadBalancer here = balancer(HERE);
    LoadBalancer there = balancer("us-east-2");
    put(alias(there));
    String with = "{name: '%s', sameAs: '%s'}".formatted(NAME, here.dnsName());
    assertThat(failure(step(with)).getOriginalMessage())
        .contains("should be an address of " + here.dnsName());
    put(alias(here));
    assertThat(step(with).observe()).isInstanceOf(Settled.class);
  }

  @Test
  void namesAreTheSameInAnyWriting() {
    put(RRType.CNAME, "Target.Example.com.");
    assertThat(
            step("{name: '%s', type: 'CNAME', values: 'target.example.com'}".formatted(NAME))
                .observe())
        .isInstanceOf(Settled.class);
  }

  @Test
  void aNameThatIsNotThereIsWaitedFor() {
    put(RRType.CNAME, "target.example.com");
    assertThat(failure(step("{name: 'no.example.com', values: '192.0.2.1'}")).getOriginalMessage())
        .contains("NXDOMAIN");
    assertThat(failure(step()).getOriginalMessage())
        .contains("no record of type A but a CNAME of target.example.com");
  }

  @Test
  void aValueThatCannotBeIsSaidAtOnce() {
    assertThat(step("{name: '%s', values: 'www.example.com'}".formatted(NAME)).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .contains("'www.example.com' is not the value of a record of type A"));
  }

  private void put(ResourceRecordSet set) {
    new Route53World(in("aws-global", Route53Client::builder)).put(set);
  }

  private void put(RRType type, String... values) {
    put(Route53World.record(NAME, type, values));
  }

  private static ResourceRecordSet alias(LoadBalancer to) {
    return Route53World.alias(NAME, to.dnsName(), to.canonicalHostedZoneId());
  }

  private LoadBalancer balancer(String region) {
    List<String> subnets =
        in(region, Ec2Client::builder).describeSubnets().subnets().stream()
            .map(Subnet::subnetId)
            .limit(2)
            .toList();
    return in(region, ElasticLoadBalancingV2Client::builder)
        .createLoadBalancer(it -> it.name("web").subnets(subnets))
        .loadBalancers()
        .getFirst();
  }
}
