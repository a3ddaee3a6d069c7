package io.rekindle.action.aws.route53;

import io.rekindle.action.aws.dns.Values;
import io.rekindle.plan.step.traffic.Route53;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A record set in one way of writing, so that two of them can be compared. */
record RecordSet(ResourceRecordSet set) {
  private static final String TEXT = "TXT";

  /** What Route 53 answers for an alias, whose TTL is that of AWS's own record. */
  private static final Duration TTL_OF_ALIASES = Duration.ofSeconds(60);

  RecordSet {
    AliasTarget alias = set.aliasTarget();
    set =
        set.toBuilder()
            .name(normal(set.name()))
            .resourceRecords(
                set.resourceRecords().stream()
                    .sorted(Comparator.comparing(ResourceRecord::value))
                    .toList())
            .aliasTarget(
                alias == null ? null : alias.toBuilder().dnsName(normal(alias.dnsName())).build())
            .build();
  }

  /** A name as Route 53 lists it. */
  private static String normal(String name) {
    String dotted = name.endsWith(".") ? name : name + ".";
    return dotted.toLowerCase(Locale.ROOT).replace("*", "\\052");
  }

  /** What a step wants: one for each type that it moves. */
  static List<RecordSet> wanted(Route53.Upsert with) {
    return with.types().stream().map(type -> wanted(with, type)).toList();
  }

  private static RecordSet wanted(Route53.Upsert with, Route53.RecordType type) {
    ResourceRecordSet.Builder set = empty(with, type);
    Route53.Alias alias = with.alias();
    if (alias == null) {
      set.ttl(with.ttl().toSeconds()).resourceRecords(records(values(with, type)));
    } else {
      set.aliasTarget(target ->
          target
              .dnsName(alias.target().value())
              .hostedZoneId(alias.zone().value())
              .evaluateTargetHealth(alias.evaluateTargetHealth()));
    }
    Route53.Failover failover = with.failover();
    if (failover != null) {
      set.failover(failover.role().name())
          .healthCheckId(failover.healthCheck() == null ? null : failover.healthCheck().value());
    }
    return new RecordSet(set.build());
  }

  /** Route 53 takes text in quotation marks only. */
  private static Collection<String> values(Route53.Upsert with, Route53.RecordType type) {
    return type.value().equals(TEXT) ? Values.of(TEXT, with.values()) : with.values(type);
  }

  /** The names of the record, and nothing yet of what it says. */
  static ResourceRecordSet.Builder empty(Route53.Upsert with, Route53.RecordType type) {
    return ResourceRecordSet.builder()
        .name(with.record().value())
        .type(type.value())
        .setIdentifier(with.failover() == null ? null : with.failover().setIdentifier());
  }

  static List<ResourceRecord> records(String... values) {
    return records(List.of(values));
  }

  private static List<ResourceRecord> records(Collection<String> values) {
    return values.stream().map(value -> ResourceRecord.builder().value(value).build()).toList();
  }

  static List<String> values(ResourceRecordSet set) {
    return set.resourceRecords().stream().map(ResourceRecord::value).toList();
  }

  /** The alias target or the values, separated by commas. */
  String answers() {
    return set.aliasTarget() == null
        ? String.join(",", values(set))
        : set.aliasTarget().dnsName().replaceFirst("\\.$", "");
  }

  /** How long others remember it. */
  Duration ttl() {
    return set.ttl() == null ? TTL_OF_ALIASES : Duration.ofSeconds(set.ttl());
  }

  /** Whether it is the same to those who ask, however its values are written. */
  boolean says(RecordSet other) {
    return comparable().equals(other.comparable());
  }

  private ResourceRecordSet comparable() {
    try {
      return set.toBuilder()
          .resourceRecords(records(Values.of(set.typeAsString(), values(set))))
          .build();
    } catch (IllegalArgumentException notAsDnsWritesIt) {
      return set;
    }
  }

  boolean hasNameOf(RecordSet other) {
    return set.name().equals(other.set().name());
  }

  boolean hasTypeOf(RecordSet other) {
    return type().equals(other.type());
  }

  /** Whether one would take the place of the other. */
  boolean isInPlaceOf(RecordSet other) {
    return hasNameOf(other)
        && hasTypeOf(other)
        && String.valueOf(set.setIdentifier()).equals(String.valueOf(other.set().setIdentifier()));
  }

  String type() {
    return set.typeAsString();
  }

  /** In words, for a sentence. */
  String inWords() {
    return type() + " " + answers();
  }

  /** Whether it answers always, or as half of a failover pair: the only ways that are spoken of. */
  boolean isRoutedKnownly() {
    return set.setIdentifier() == null || set.failover() != null;
  }
}
