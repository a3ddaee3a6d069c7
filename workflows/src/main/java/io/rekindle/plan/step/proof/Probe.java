package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Scope;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.traffic.Route53.HealthCheckId;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.WebUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence on whether the application is really down: one look each, shown to the people who
 * decide.
 */
public sealed interface Probe extends Action {

  @Facts(
      kind = "probe.http",
      says =
          "Asks a URL once, as users would, and shows the status it got. A success only says that"
              + " the path from the worker works.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "1s", likely = "1s", max = "5s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill does not ask whether production is down.",
      budget = "1m")
  record Http(
      @Says("The URL to ask.") WebUrl url,
      @Says("The HTTP status that counts as healthy.") @Default("200") @AtLeast(100) @AtMost(599)
          int expect,
      @Says("How long to wait for the answer, at most 20s.") @Default("5s") Duration timeout)
      implements Probe {
    public record Outputs(
        @Says("What it saw, in words.") @Like("status {expect} in 80 ms") String seen)
        implements Action.Outputs {}

    public Http {
      checkTimeout(timeout);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "probe.tcp",
      says =
          "Opens a TCP connection once and closes it. It tells that something listens, not that it"
              + " can answer.",
      role = Role.VERIFY,
      plane = Plane.NONE,
      settles = @Lasts(min = "1s", likely = "1s", max = "5s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill does not ask whether production is down.",
      budget = "1m")
  record Tcp(
      @Says("The host name or address to connect to.") String host,
      @Says("The port to connect to.") @AtLeast(1) @AtMost(65535) int port,
      @Says("How long to wait for the connection, at most 20s.") @Default("5s") Duration timeout)
      implements Probe {
    public record Outputs(
        @Says("What it saw, in words.") @Like("port {port} open after 40 ms") String seen)
        implements Action.Outputs {}

    public Tcp {
      checkTimeout(timeout);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of();
    }
  }

  @Facts(
      kind = "probe.alarm",
      says =
          "Reads the state of a CloudWatch alarm. Only OK counts as healthy: INSUFFICIENT_DATA is"
              + " what alarms show when their Region loses its metrics.",
      role = Role.VERIFY,
      plane = Plane.CONTROL,
      settles = @Lasts(min = "1s", likely = "1s", max = "10s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill does not ask whether production is down.",
      budget = "1m")
  record Alarm(@Says("The name of the alarm, metric or composite, in this Region.") String name)
      implements Probe {
    public record Outputs(
        @Says("The state and since when.") @Like("OK since 2026-01-01T00:00:00Z") String seen)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      // A narrower permission answers nothing about composite alarms:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
      return List.of(look("cloudwatch:DescribeAlarms", Realm.ANYTHING));
    }
  }

  @Facts(
      kind = "probe.healthCheck",
      says =
          "Reads what Route 53's checkers around the world see of a health check. It asks the"
              + " control plane in us-east-1, so no answer is no evidence; an inverted check is"
              + " read inverted.",
      role = Role.VERIFY,
      scope = Scope.GLOBAL,
      plane = Plane.CONTROL,
      settles = @Lasts(min = "1s", likely = "2s", max = "10s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill does not ask whether production is down.",
      budget = "1m")
  record HealthCheck(
      @Says("The id of the health check.") HealthCheckId id,
      @Says("The role to take on, where the check belongs to another account than the worker.")
          @Nullable Arn role)
      implements Probe, Action.Anywhere {
    public record Outputs(
        @Says("How many checkers report success.") @Like("16 of 16 checkers healthy") String seen)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.universal("route53", "healthcheck/" + id);
      return List.of(look("route53:GetHealthCheck", it), look("route53:GetHealthCheckStatus", it));
    }
  }

  private static void checkTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.compareTo(Duration.ofSeconds(20)) > 0) {
      throw new IllegalArgumentException("a probe waits more than nothing and at most 20s");
    }
  }
}
