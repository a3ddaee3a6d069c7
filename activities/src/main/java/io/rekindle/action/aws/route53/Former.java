package io.rekindle.action.aws.route53;

import io.rekindle.plan.step.traffic.Route53;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A record set as history holds it, before it is replaced: its components have their names there.
 * All of them are absent when there was no such record.
 */
record Former(
    @Nullable Plain plain,
    @Nullable Alias alias,
    @Nullable String failover,
    @Nullable String healthCheck) {

  /**
   * @param ttl in seconds
   * @param values one a line
   */
  record Plain(long ttl, String values) {
    /** No value has a line break: Route 53 writes special characters as numbers. */
    private static final String BETWEEN = "\n";

    private static Plain of(ResourceRecordSet set) {
      return new Plain(set.ttl(), String.join(BETWEEN, RecordSet.values(set)));
    }

    private void into(ResourceRecordSet.Builder set) {
      set.ttl(ttl).resourceRecords(RecordSet.records(values.split(BETWEEN, -1)));
    }
  }

  record Alias(String aliasTarget, String aliasZone, boolean evaluateTargetHealth) {
    private static Alias of(AliasTarget target) {
      return new Alias(target.dnsName(), target.hostedZoneId(), target.evaluateTargetHealth());
    }

    private void into(ResourceRecordSet.Builder set) {
      set.aliasTarget(target ->
          target
              .dnsName(aliasTarget)
              .hostedZoneId(aliasZone)
              .evaluateTargetHealth(evaluateTargetHealth));
    }
  }

  static Former of(ResourceRecordSet set) {
    AliasTarget alias = set.aliasTarget();
    return new Former(
        alias == null ? Plain.of(set) : null,
        alias == null ? null : Alias.of(alias),
        set.failoverAsString(),
        set.healthCheckId());
  }

  /** The record set of a step as it was; empty when there was none. */
  Optional<RecordSet> set(Route53.Upsert with, Route53.RecordType type) {
    if (plain == null && alias == null) {
      return Optional.empty();
    }
    ResourceRecordSet.Builder set =
        RecordSet.empty(with, type).failover(failover).healthCheckId(healthCheck);
    if (plain != null) {
      plain.into(set);
    }
    if (alias != null) {
      alias.into(set);
    }
    return Optional.of(new RecordSet(set.build()));
  }
}
