package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ROUTE53_CHANGES;

import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Text;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Suggesting;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Scope;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amazon Route 53. */
public sealed interface Route53 extends Action {

  @Facts(
      kind = "route53.upsert",
      says =
          "Creates or replaces one DNS record, or A and AAAA together, and waits until users have"
              + " it. Another record of the name that would lead users elsewhere blocks the step."
              + " It needs Route 53's control plane in us-east-1: when that Region is down no"
              + " record can be changed, so a plan whose primary is us-east-1 should switch health"
              + " checks instead.",
      role = Role.TRAFFIC,
      scope = Scope.GLOBAL,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = {"zone", "record", "type", "dualStack"},
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former record back, or deletes the record if there was none.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill moves no users.",
      budget = "30m")
  record Upsert(
      @Says("The id of the hosted zone, which must be public.") HostedZone zone,
      @Says("The full name of the record.") DnsName record,
      @Says("The record type.") @Default("A") RecordType type,
      @Says("The AWS resource to answer for; instead of values.") @Nullable Alias alias,
      @Says("The values to answer; instead of alias.") @OneOrMany List<String> values,
      @Says(
              "Whether A and AAAA move together, in one change; of the values, the IPv6 addresses"
                  + " are the AAAA record's.")
          boolean dualStack,
      @Says("The TTL of the values; an alias takes that of its target.") @Default("60s")
          Duration ttl,
      @Says(
              "The record's place in a failover pair; without it routing is simple, which Route 53"
                  + " refuses beside a pair.")
          @Nullable Failover failover,
      @Says("The role to take on, where the zone belongs to another account than the worker.")
          @Nullable Arn role)
      implements Route53, Action.Anywhere {
    public enum Change implements Action.Change {
      @Does(
          "ChangeResourceRecordSets, until no server that speaks answers anything else (where one"
              + " is silent, GetChange says INSYNC) and a minute and the old record's TTL have"
              + " passed.")
      @Lasts(min = "30s", likely = "2m", max = "10m", source = ROUTE53_CHANGES)
      UPSERT
    }

    public record Outputs(
        @Says("The name of the record.") @Like("{record}") String record,
        @Says(
                "The alias target or the values it had, separated by commas; empty when there was"
                    + " no record.")
            @Like("former.example.com")
            String formerValue,
        @Says(
                "What each server answered, what Route 53 said of the change, and who was silent;"
                    + " empty for half of a pair, of which health checks decide.")
            @Like("ns-1.example.com answers 192.0.2.10")
            String seen)
        implements Action.Outputs {}

    public Upsert {
      if (values.isEmpty() == (alias == null)) {
        throw new IllegalArgumentException("exactly one of alias and values is needed");
      }
      if (alias != null && !type.isAddress()) {
        throw new IllegalArgumentException("an alias is of type A or AAAA");
      }
      if (type.value().equals("CNAME") && values.size() > 1) {
        throw new IllegalArgumentException("a CNAME has one value");
      }
      if (dualStack) {
        checkBothStacks(type, alias, values);
      }
    }

    private static void checkBothStacks(
        RecordType type, @Nullable Alias alias, List<String> values) {
      if (!type.value().equals("A")) {
        throw new IllegalArgumentException("dualStack moves A and AAAA: leave out type");
      }
      long ipv6 = values.stream().filter(Upsert::isIpv6).count();
      if (alias == null && (ipv6 == 0 || ipv6 == values.size())) {
        throw new IllegalArgumentException("dualStack needs values for IPv4 and for IPv6");
      }
    }

    private static boolean isIpv6(String value) {
      return value.contains(":");
    }

    /** The types of the records that move. */
    public List<RecordType> types() {
      return dualStack ? List.of(type, new RecordType("AAAA")) : List.of(type);
    }

    /** The values of the record of one of them. */
    public List<String> values(RecordType of) {
      return dualStack
          ? values.stream().filter(value -> isIpv6(value) == of.value().equals("AAAA")).toList()
          : values;
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.universal("route53", "hostedzone/" + zone);
      return List.of(
          look("route53:GetHostedZone", it),
          look("route53:ListResourceRecordSets", it),
          look("route53:GetChange", at.universal("route53", "change/*")),
          change(Change.UPSERT, "route53:ChangeResourceRecordSets", it),
          undo("route53:ChangeResourceRecordSets", it));
    }
  }

  /** What a record answers for. */
  record Alias(
      @Says("The host name of the resource, such as a load balancer's.") DnsName target,
      @Says("The hosted zone of that host name: AWS's own for the service and Region, not yours.")
          HostedZone zone,
      @Says(
              "Whether the record counts as unhealthy while its target is: a load balancer without"
                  + " targets is.")
          boolean evaluateTargetHealth) {}

  /** One of the two records of a failover pair. */
  record Failover(
      @Says("Tells the records of the pair apart; it must be the one the record already has.")
          String setIdentifier,
      @Says("Which of the pair it is.") Half role,
      @Says("The health check that decides whether the record is answered.")
          @Nullable HealthCheckId healthCheck) {

    public enum Half {
      PRIMARY,
      SECONDARY
    }
  }

  /** The id of a hosted zone. */
  @Text(
      value = "a hosted zone id such as Z0123456789ABCDEFGHIJ",
      example = "Z0123456789ABCDEFGHIJ",
      pattern = HostedZone.FORM)
  record HostedZone(String value) {
    static final String FORM = "^Z[A-Z0-9]{1,31}$";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public HostedZone {
      if (!PATTERN.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "is not a hosted zone id such as Z0123456789ABCDEFGHIJ (without /hostedzone/)");
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** The id of a health check. */
  @Text(
      value = "a health check id such as 11111111-2222-3333-4444-555555555555",
      example = "11111111-2222-3333-4444-555555555555",
      pattern = HealthCheckId.FORM)
  record HealthCheckId(String value) {
    static final String FORM = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public HealthCheckId {
      if (!PATTERN.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "is not a health check id such as 11111111-2222-3333-4444-555555555555");
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** A full DNS name. */
  @Text(
      value = "a DNS name such as www.example.com",
      example = "www.example.com",
      pattern = DnsName.FORM)
  record DnsName(String value) {
    static final String FORM =
        "^(?=.{1,255}$)(\\*\\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?$";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public DnsName {
      if (!PATTERN.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "is not a DNS name such as www.example.com (no scheme, port or path)");
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** The type of a DNS record, in capitals as everywhere in DNS. */
  @Text(value = "a record type such as A or CNAME", example = "A", pattern = RecordType.FORM)
  record RecordType(String value) {
    static final String FORM = "^(A|AAAA|CAA|CNAME|MX|NS|SRV|TXT)$";
    private static final List<String> KNOWN =
        List.of("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TXT");

    public RecordType {
      if (!KNOWN.contains(value)) {
        throw new Suggesting(
            "is not a record type such as A or CNAME",
            Nearest.to(value.toUpperCase(Locale.ROOT), KNOWN));
      }
    }

    public boolean isAddress() {
      return value.equals("A") || value.equals("AAAA");
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
