package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.simulator.dns.NameServer.Silence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.s3.S3Client;

class DnsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Aws OWNER = Aws.of(SIMULATOR, "123456789012");
  private static final String NAME = "www.example.com";
  private final Route53Client route53 = OWNER.in(Region.AWS_GLOBAL).client(Route53Client.builder());
  private String zone = "";

  @BeforeEach
  void aZone() {
    SIMULATOR.reset();
    zone =
        route53
            .createHostedZone(it -> it.name("example.com").callerReference("zone"))
            .hostedZone()
            .id();
  }

  @Test
  void valuesAreAnsweredAsTheyStandInTheZone() throws IOException {
    set(RRType.A, "192.0.2.1", "192.0.2.2");
    set(RRType.AAAA, "2001:db8::1");
    set(RRType.MX, "10 mail.example.com");
    set(RRType.TXT, "\"v=spf1 -all\"");
    assertThat(values(NAME, Type.A)).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
    assertThat(values(NAME, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(values(NAME, Type.MX)).containsExactly("10 mail.example.com.");
    assertThat(values(NAME, Type.TXT)).containsExactly("\"v=spf1 -all\"");
    assertThat(values(NAME, Type.SRV)).isEmpty();
    assertThat(ask("other.example.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void aChangedRecordIsAnsweredAtOnce() throws IOException {
    set(RRType.A, "192.0.2.1");
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.1");
    set(RRType.A, "192.0.2.2");
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.2");
  }

  @Test
  void anAliasHasTheAddressesOfItsLoadBalancer() throws IOException {
    LoadBalancer here = balancer(Region.US_EAST_2);
    LoadBalancer there = balancer(Region.US_WEST_2);
    List<String> addresses = values(here.dnsName(), Type.A);
    assertThat(addresses).isNotEmpty().isNotEqualTo(values(there.dnsName(), Type.A));
    upsert(record ->
        record
            .name(NAME)
            .type(RRType.A)
            .aliasTarget(target ->
                target
                    .dnsName("dualstack." + here.dnsName())
                    .hostedZoneId(here.canonicalHostedZoneId())
                    .evaluateTargetHealth(false)));
    assertThat(values(NAME, Type.A)).isEqualTo(addresses);
    assertThat(ask("no-1.us-east-2.elb.amazonaws.com", Type.A).getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void aCnameIsAnsweredWithWhatItLeadsTo() throws IOException {
    String target = balancer(Region.US_EAST_2).dnsName();
    set(RRType.CNAME, target);
    List<String> addresses = values(target, Type.A);
    assertThat(values(NAME, Type.CNAME)).containsExactly(target + ".");
    assertThat(values(NAME, Type.A))
        .isEqualTo(Stream.concat(Stream.of(target + "."), addresses.stream()).toList());
  }

  @Test
  void ofAFailoverPairTheHealthyRecordIsAnswered() throws IOException {
    AtomicBoolean healthy = new AtomicBoolean(true);
    String check = healthCheck("check");
    SIMULATOR.healthChecks().see(check, healthy::get);
    failover(ResourceRecordSetFailover.PRIMARY, "192.0.2.1", check);
    failover(ResourceRecordSetFailover.SECONDARY, "192.0.2.2", healthCheck("other"));
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.1");
    healthy.set(false);
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.2");
    route53.updateHealthCheck(it -> it.healthCheckId(check).inverted(true));
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.1");
  }

  /** https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html */
  @Test
  void aDisabledCheckCountsAsHealthyWhateverIsSeen() throws IOException {
    String check = healthCheck("check");
    SIMULATOR.healthChecks().see(check, () -> false);
    failover(ResourceRecordSetFailover.PRIMARY, "192.0.2.1", check);
    failover(ResourceRecordSetFailover.SECONDARY, "192.0.2.2", healthCheck("other"));
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.2");
    route53.updateHealthCheck(it -> it.healthCheckId(check).disabled(true));
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.1");
    route53.updateHealthCheck(it -> it.healthCheckId(check).inverted(true));
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.2");
  }

  @Test
  void checkersSeeAnObjectThatEverybodyMayRead() throws IOException {
    S3Client s3 = OWNER.in(Region.US_EAST_1).client(S3Client.builder());
    s3.createBucket(it -> it.bucket("switches"));
    String check =
        route53
            .createHealthCheck(it ->
                it.callerReference("object")
                    .healthCheckConfig(config ->
                        config
                            .type(HealthCheckType.HTTPS)
                            .inverted(true)
                            .fullyQualifiedDomainName("switches.s3.us-east-1.amazonaws.com")
                            .resourcePath("/flip")))
            .healthCheck()
            .id();
    failover(ResourceRecordSetFailover.PRIMARY, "192.0.2.1", check);
    failover(ResourceRecordSetFailover.SECONDARY, "192.0.2.2", healthCheck("other"));
    s3.putObject(it -> it.bucket("switches").key("flip"), RequestBody.fromString("on"));
    assertThat(values(NAME, Type.A)).as("it is its owner's").containsExactly("192.0.2.1");
    s3.putBucketPolicy(it ->
        it.bucket("switches")
            .policy(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                 "Action": "s3:GetObject", "Resource": "arn:aws:s3:::switches/*"}]}
                """));
    assertThat(values(NAME, Type.A)).as("it is everybody's").containsExactly("192.0.2.2");
    s3.putPublicAccessBlock(it ->
        it.bucket("switches")
            .publicAccessBlockConfiguration(block -> block.restrictPublicBuckets(true)));
    assertThat(values(NAME, Type.A)).as("it is blocked").containsExactly("192.0.2.1");
  }

  @Test
  void theNameServersMayFallSilentWhileTheResolverSpeaks() throws IOException {
    set(RRType.A, "192.0.2.1");
    SIMULATOR.nameServer().fallSilent(Silence.AUTHORITIES);
    assertThat(values(NAME, Type.A)).containsExactly("192.0.2.1");
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(NAME, Name.root), Type.A, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    SimpleResolver impatient = new SimpleResolver(SIMULATOR.dns());
    impatient.setTimeout(Duration.ofMillis(300));
    assertThatThrownBy(() -> impatient.send(query)).isInstanceOf(IOException.class);
    SIMULATOR.nameServer().fallSilent(Silence.NOBODY);
    assertThat(impatient.send(query).getSection(Section.ANSWER)).hasSize(1);
  }

  private String healthCheck(String reference) {
    return route53
        .createHealthCheck(it ->
            it.callerReference(reference)
                .healthCheckConfig(
                    config -> config.type(HealthCheckType.HTTPS).fullyQualifiedDomainName(NAME)))
        .healthCheck()
        .id();
  }

  private void failover(ResourceRecordSetFailover half, String value, String check) {
    upsert(record ->
        record
            .name(NAME)
            .type(RRType.A)
            .ttl(60L)
            .setIdentifier(half.toString())
            .failover(half)
            .healthCheckId(check)
            .resourceRecords(each -> each.value(value)));
  }

  private void set(RRType type, String... values) {
    List<ResourceRecord> records =
        Stream.of(values).map(value -> ResourceRecord.builder().value(value).build()).toList();
    upsert(record -> record.name(NAME).type(type).ttl(60L).resourceRecords(records));
  }

  private void upsert(Consumer<ResourceRecordSet.Builder> record) {
    route53.changeResourceRecordSets(it ->
        it.hostedZoneId(zone)
            .changeBatch(batch ->
                batch.changes(
                    change -> change.action(ChangeAction.UPSERT).resourceRecordSet(record))));
  }

  private static LoadBalancer balancer(Region region) {
    List<String> subnets =
        OWNER.in(region).client(Ec2Client.builder()).describeSubnets().subnets().stream()
            .map(Subnet::subnetId)
            .limit(2)
            .toList();
    return OWNER
        .in(region)
        .client(ElasticLoadBalancingV2Client.builder())
        .createLoadBalancer(it -> it.name("web").subnets(subnets))
        .loadBalancers()
        .getFirst();
  }

  private static List<String> values(String name, int type) throws IOException {
    return ask(name, type).getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }

  private static Message ask(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
    return new SimpleResolver(SIMULATOR.dns()).send(Message.newQuery(question));
  }
}
