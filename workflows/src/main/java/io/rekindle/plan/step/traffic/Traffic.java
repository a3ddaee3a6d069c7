package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ROUTE53_HEALTH;

import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.traffic.Route53.DnsName;
import io.rekindle.plan.step.traffic.Route53.HealthCheckId;
import java.util.List;

/** Moving users without any control plane. */
public sealed interface Traffic extends Action {

  @Facts(
      kind = "traffic.flipHealthSwitch",
      says =
          "Moves users by an object in S3 that an inverted Route 53 health check reads: while the"
              + " object is there, the primary record counts as unhealthy and the recovery Region"
              + " serves. It works while us-east-1 is down, and users stay until someone flips it"
              + " back. Health checkers must be able to read the object: it must be public, and the"
              + " enabled, inverted check must read it under a name of its bucket.",
      role = Role.TRAFFIC,
      plane = Plane.DATA,
      guard = Guard.STATE,
      thing = {"bucket", "key"},
      undo = Undo.PUTS_BACK,
      undoing = "Removes the object, or puts it back.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill moves no users.",
      budget = "10m")
  record FlipHealthSwitch(
      @Says("The bucket, in this Region: the recovery Region, also on the way back.") String bucket,
      @Says("The key of the object.") String key,
      @Says("Who shall serve: recovery puts the object, primary removes it.") Side serve,
      @Says("The inverted health check that reads the object and belongs to the primary record.")
          HealthCheckId healthCheck,
      @Says("The record of the failover pair, as users know it.") DnsName record,
      @Says("What the record answers afterwards: a CNAME to this name, or addresses of it.")
          DnsName target)
      implements Traffic {
    public enum Change implements Action.Change {
      @Does(
          "PutObject or DeleteObject, until no server that speaks answers anything but the target,"
              + " and the checkers' intervals and the TTL have passed.")
      @Lasts(min = "57s", likely = "2m", max = "5m", source = ROUTE53_HEALTH)
      FLIP
    }

    public record Outputs(
        @Says("The record that moved.") @Like("{record}") String record,
        @Says("What it answered before, separated by commas.") @Like("192.0.2.10")
            String formerValue,
        @Says("What each server answered, who was silent, and whether the check could be asked.")
            @Like("ns-1.example.com answers 192.0.2.20")
            String seen)
        implements Action.Outputs {}

    public FlipHealthSwitch {
      if (key.startsWith("/")) {
        throw new IllegalArgumentException("the key does not begin with '/'");
      }
    }

    /** Which Region users reach. */
    public enum Side {
      RECOVERY,
      PRIMARY
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String object = at.universal("s3", bucket + "/" + key);
      boolean put = serve == Side.RECOVERY;
      return List.of(
          look("s3:GetObject", object),
          look("s3:ListBucket", at.universal("s3", bucket)),
          look("s3:GetBucketPolicyStatus", at.universal("s3", bucket)),
          look("s3:GetBucketPublicAccessBlock", at.universal("s3", bucket)),
          look("route53:GetHealthCheck", at.universal("route53", "healthcheck/" + healthCheck)),
          change(Change.FLIP, put ? "s3:PutObject" : "s3:DeleteObject", object),
          undo(put ? "s3:DeleteObject" : "s3:PutObject", object));
    }
  }
}
