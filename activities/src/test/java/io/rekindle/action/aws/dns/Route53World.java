package io.rekindle.action.aws.dns;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;

/** A hosted zone for example.com and the records in it. */
public record Route53World(Route53Client route53) {
  private static final String NAME = "example.com";

  /** The id of the zone, which is made when it is not there. */
  public String zone() {
    return route53.listHostedZones().hostedZones().stream()
        .findFirst()
        .map(HostedZone::id)
        .orElseGet(() ->
            route53.createHostedZone(it -> it.name(NAME).callerReference("zone")).hostedZone().id())
        .replace("/hostedzone/", "");
  }

  public void put(ResourceRecordSet set) {
    route53.changeResourceRecordSets(it ->
        it.hostedZoneId(zone())
            .changeBatch(batch ->
                batch.changes(
                    change -> change.action(ChangeAction.UPSERT).resourceRecordSet(set))));
  }

  public List<ResourceRecordSet> records(String name) {
    return route53
        .listResourceRecordSets(it -> it.hostedZoneId(zone()))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(name + "."))
        .toList();
  }

  public static ResourceRecordSet record(String name, RRType type, String... values) {
    List<ResourceRecord> records =
        Stream.of(values).map(value -> ResourceRecord.builder().value(value).build()).toList();
    return ResourceRecordSet.builder()
        .name(name)
        .type(type)
        .ttl(60L)
        .resourceRecords(records)
        .build();
  }

  /** One half of a failover pair. */
  public static ResourceRecordSet half(
      String name, ResourceRecordSetFailover half, String address) {
    return record(name, RRType.A, address).toBuilder()
        .failover(half)
        .setIdentifier(half.toString().toLowerCase(Locale.ROOT))
        .build();
  }

  public static ResourceRecordSet alias(String name, String target, String targetZone) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(RRType.A)
        .aliasTarget(
            alias -> alias.dnsName(target).hostedZoneId(targetZone).evaluateTargetHealth(true))
        .build();
  }
}
