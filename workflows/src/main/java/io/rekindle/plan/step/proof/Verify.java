package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.traffic.Route53.DnsName;
import io.rekindle.plan.step.traffic.Route53.RecordType;
import io.rekindle.plan.value.JdbcUrl;
import io.rekindle.plan.value.WebUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proof that what was recovered works: each waits until it holds, and blocks when it does not hold
 * in time.
 */
public sealed interface Verify extends Action
    permits VerifyAlarms,
        VerifyCanary,
        VerifyData,
        Verify.Http,
        Verify.Tcp,
        Verify.Tls,
        Verify.Dns,
        Verify.Sql,
        Verify.Metric {

  @Facts(
      kind = "verify.http",
      says =
          "Asks a URL until it gives the expected answer several times in a row. Redirects are not"
              + " followed, and every attempt resolves the name anew.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "20s", likely = "30s", max = "10m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: asking changes nothing.",
      budget = "15m")
  record Http(
      @Says("The URL to ask.") WebUrl url,
      @Says("The HTTP status that passes.") @Default("200") @AtLeast(100) @AtMost(599) int expect,
      @Says("A text that the body must contain, such as a marker with the Region.")
          @Nullable String contains,
      @Says("How many passes in a row are needed.") @Default("3") @AtLeast(1) @AtMost(10)
          int passes,
      @Says("The time between two attempts, from 1s to 1m.") @Default("10s") Duration interval,
      @Says(
              "The name to ask for (Host and SNI) when the URL names a load balancer before DNS has"
                  + " moved.")
          @Nullable DnsName name)
      implements Verify {
    public record Outputs(@Says("The HTTP status it got.") @Like("{expect}") int status)
        implements Action.Outputs {}

    public Http {
      if (interval.toSeconds() < 1 || interval.toSeconds() > 60) {
        throw new IllegalArgumentException("the interval is from 1s to 1m");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "verify.tcp",
      says =
          "Opens a TCP connection and closes it, until it succeeds. It proves routes and security"
              + " groups between the worker and the host, not that the service can answer.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "1s", likely = "5s", max = "2m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: connecting changes nothing.",
      budget = "15m")
  record Tcp(
      @Says("The host name or address to connect to.") String host,
      @Says("The port to connect to.") @AtLeast(1) @AtMost(65535) int port)
      implements Verify {
    public record Outputs(@Says("The address it connected to.") @Like("192.0.2.10") String address)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "verify.tls",
      says =
          "Makes a TLS handshake and checks that the certificate is trusted, covers the name and"
              + " stays valid long enough. Route 53's HTTPS health checks do not look at"
              + " certificates, so nothing else notices.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "1s", likely = "5s", max = "2m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: a handshake changes nothing.",
      budget = "15m")
  record Tls(
      @Says("The host to connect to, such as the load balancer in the recovery Region.")
          String host,
      @Says("The port to connect to; MQTT listens on 8883.")
          @Default("443")
          @AtLeast(1)
          @AtMost(65535)
          int port,
      @Says("The name to ask for (SNI), which the certificate must cover; the host when absent.")
          @Nullable DnsName name,
      @Says("How long the certificate must still be valid.") @Default("30d") Duration validFor)
      implements Verify {
    public record Outputs(
        @Says("When the certificate expires.") @Like("2027-01-01T00:00:00Z") Instant notAfter)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "verify.dns",
      says =
          "Asks all authoritative servers of a public zone until none gives any other answer than"
              + " the expected one; where one is silent, as behind a closed port 53, the resolver"
              + " is asked as well. Resolvers and devices may keep the old answer until its TTL has"
              + " passed, and private zones cannot be asked.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "1s", likely = "10s", max = "5m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: asking changes nothing.",
      budget = "15m")
  record Dns(
      @Says("The name to ask for.") DnsName name,
      @Says("The record type.") @Default("A") RecordType type,
      @Says("The exact values expected, in any order; for an alias use sameAs.") @OneOrMany
          List<String> values,
      @Says(
              "The answers must be addresses of this name, such as the load balancer behind an"
                  + " alias.")
          @Nullable DnsName sameAs)
      implements Verify {
    public record Outputs(
        @Says("The name that was asked for.") @Like("{name}") String record,
        @Says("What the servers answer, separated by commas.") @Like("192.0.2.10")
            List<String> answer,
        @Says("What each server answered, or that it was silent.")
            @Like("ns-1.example.com answers 192.0.2.10")
            String seen)
        implements Action.Outputs {}

    public Dns {
      if (values.isEmpty() == (sameAs == null)) {
        throw new IllegalArgumentException("exactly one of values and sameAs is needed");
      }
      if (sameAs != null && !type.isAddress()) {
        throw new IllegalArgumentException("sameAs compares addresses: the type is A or AAAA");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "verify.sql",
      says =
          "Runs a query in a read-only transaction and checks the whole number it gives: that rows"
              + " came back, that a copy equals the original, or that nobody writes any more. One"
              + " look may take ten minutes: the first reads after a restore are slow, because AWS"
              + " loads the data when it is first asked for. Right after it, ask for what an index"
              + " or the last page answers (max(id), the newest row), not for a count of"
              + " everything.",
      role = Role.VERIFY,
      plane = Plane.DATA,
      settles = @Lasts(min = "1s", likely = "10s", max = "5m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: the transaction is read-only.",
      budget = "20m",
      look = "10m")
  record Sql(
      @Says("The database; the worker must be able to reach it.") JdbcUrl url,
      @Says("The secret in this Region with username and password, by name or ARN.") String secret,
      @Says(
              "A query that gives one row with one whole number; cheap, where it follows a restore:"
                  + " select max(id) from orders.")
          String query,
      @Says("The smallest number that passes.") @Nullable Long atLeast,
      @Written("equals")
          @Says("The only number that passes, such as the count taken before the copy.")
          @Nullable Long exactly,
      @Says(
              "The number must stay the same for this time, at most 10m: proof that writing has"
                  + " stopped.")
          @Nullable Duration unchangedFor)
      implements Verify {
    public record Outputs(@Says("The number that the query gave.") @Like("1") long value)
        implements Action.Outputs {}

    private static final Pattern READING =
        Pattern.compile("\\s*(select|with)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public Sql {
      if (!READING.matcher(query).matches()) {
        throw new IllegalArgumentException("the query must begin with select or with");
      }
      if (atLeast == null && exactly == null && unchangedFor == null) {
        throw new IllegalArgumentException(
            "at least one of atLeast, equals and unchangedFor is needed");
      }
      if (atLeast != null && exactly != null) {
        throw new IllegalArgumentException("only one of atLeast and equals can be given");
      }
      if (unchangedFor != null
          && (unchangedFor.isZero() || unchangedFor.compareTo(Duration.ofMinutes(10)) > 0)) {
        throw new IllegalArgumentException("unchangedFor is more than nothing and at most 10m");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return VerifyData.login(secret, at);
    }
  }

  @Facts(
      kind = "verify.metric",
      says =
          "Waits until every minute of a CloudWatch metric lies within bounds for a while: that"
              + " nobody is connected to a load balancer, a replica has caught up, a database has"
              + " no connections. Metrics come minutes late, and no data fails unless it is said to"
              + " mean zero. A load balancer's RequestCount leaves out requests that find no"
              + " target: once the tasks are gone it proves nothing, and ActiveConnectionCount"
              + " does.",
      role = Role.VERIFY,
      plane = Plane.DATA,
      settles = @Lasts(min = "5s", likely = "3m", max = "30m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: reading a metric changes nothing.",
      budget = "60m")
  record Metric(
      @Says("The namespace, such as AWS/ApplicationELB.") String namespace,
      @Says("The name of the metric, in this Region.") String metric,
      @Says("All dimensions of the metric, exactly: CloudWatch finds nothing when one is missing.")
          Map<String, String> dimensions,
      @Says("How the values of a minute become one.") @Default("average") Statistic statistic,
      @Says("The largest value that passes.") @Nullable Long atMost,
      @Says("The smallest value that passes.") @Nullable Long atLeast,
      @Written("for")
          @Says("How long it must have held, in whole minutes from 1m to 3h.")
          @Default("3m")
          Duration period,
      @Says(
              "Whether no data means zero: load balancers, for instance, report no connections as"
                  + " nothing.")
          boolean absentIsZero)
      implements Verify {
    public record Outputs(@Says("The last value, as CloudWatch gives it.") @Like("0") String value)
        implements Action.Outputs {}

    public Metric {
      if (atMost == null && atLeast == null) {
        throw new IllegalArgumentException("at least one of atMost and atLeast is needed");
      }
      if (atMost != null && atLeast != null && atLeast > atMost) {
        throw new IllegalArgumentException("atLeast is larger than atMost: nothing can pass");
      }
      if (period.toSeconds() % 60 != 0
          || period.isZero()
          || period.compareTo(Duration.ofHours(3)) > 0) {
        throw new IllegalArgumentException("'for' is in whole minutes from 1m to 3h");
      }
    }

    /** How CloudWatch sums a period up. */
    public enum Statistic {
      AVERAGE,
      MINIMUM,
      MAXIMUM,
      SUM,
      SAMPLE_COUNT
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("cloudwatch:ListMetrics", Realm.ANYTHING),
          look("cloudwatch:GetMetricData", Realm.ANYTHING));
    }
  }
}
