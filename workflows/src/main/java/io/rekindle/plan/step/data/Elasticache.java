package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.AURORA_SERVERLESS_RUNBOOK;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.OneOrMany;
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
import io.rekindle.plan.value.Arn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon ElastiCache. */
public sealed interface Elasticache extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(
        look("elasticache:DescribeServerlessCaches", at.arn("elasticache", "serverlesscache:*")),
        look("elasticache:ListTagsForResource", at.arn("elasticache", "serverlesscache:*")));
  }

  /** What the cache speaks. */
  enum Engine {
    VALKEY,
    REDIS,
    MEMCACHED
  }

  @Facts(
      kind = "elasticache.ensureServerless",
      says =
          "Makes sure that a serverless cache of this name exists in this Region: one that is there"
              + " is used as it is, otherwise it is created, and empty unless snapshots are given."
              + " Creating needs the control plane of Route 53 in us-east-1, so a cache made"
              + " beforehand is safer.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "cache",
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the cache if this step created it and it has never served.",
      drill = Drill.ISOLATED,
      drilling = "Creates a cache named drill-<run>-<cache> and deletes it at the end.",
      budget = "45m")
  record EnsureServerless(
      @Says("The name of the cache, exactly; nothing is appended to it.") String cache,
      @Says("What the cache speaks; a cache that is there must speak the same.") Engine engine,
      @Says("The major version of the engine; without it the newest.")
          @Nullable String engineVersion,
      @Says("The subnets, in this Region and in different Availability Zones.")
          @OneOrMany
          @AtLeast(1)
          List<String> subnets,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups,
      @Says("The user group that may log in; without it anyone who reaches the cache may use it.")
          @Nullable String userGroup,
      @Says("The key in this Region that encrypts the cache; without it one that AWS owns.")
          @Nullable Arn kmsKey,
      @Says(
              "What to fill a new cache with: exported snapshots in a bucket of this Region, by"
                  + " their ARNs.")
          @OneOrMany
          List<Arn> snapshots)
      implements Elasticache {
    private static final int KEPT = 20;

    public enum Change implements Action.Change {
      @Does("CreateServerlessCache, until the cache is available.")
      @Lasts(min = "5m", likely = "7m", max = "10m", source = AURORA_SERVERLESS_RUNBOOK)
      CREATE
    }

    public record Outputs(
        @Says("The name of the cache.") @Like("{cache}") String cache,
        @Says("Its ARN.")
            @Like("arn:{partition}:elasticache:{region}:{account}:serverlesscache:{cache}")
            Arn arn,
        @Says("Its host name; it speaks TLS only.")
            @Like("{cache}-c0example.serverless.{region}.cache.{suffix}")
            String endpoint,
        @Says("Its port.") @Like("6379") int port)
        implements Action.Outputs {}

    public EnsureServerless {
      if (userGroup != null && engine == Engine.MEMCACHED) {
        throw new IllegalArgumentException("memcached knows no userGroup");
      }
    }

    /** AWS takes 40 characters; of what is longer in a drill the beginning is kept. */
    private String named(Realm at) {
      if (!at.drill()) {
        return cache;
      }
      return cache.length() > KEPT
          ? "drill-*-" + cache.substring(0, KEPT) + "*"
          : "drill-*-" + cache;
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("elasticache", "serverlesscache:" + named(at));
      List<String> created = new ArrayList<>(List.of(it));
      if (userGroup != null) {
        created.add(at.arn("elasticache", "usergroup:" + userGroup));
      }
      List<Permission> needed = new ArrayList<>();
      needed.add(
          look("elasticache:DescribeServerlessCaches", at.arn("elasticache", "serverlesscache:*")));
      needed.add(look("elasticache:ListTagsForResource", it));
      for (Arn snapshot : snapshots) {
        if (snapshot.service().equals("s3")) {
          needed.add(implied(Change.CREATE, "s3:GetObject", snapshot.value()));
        } else {
          created.add(snapshot.value());
        }
      }
      needed.add(
          change(
              Change.CREATE, "elasticache:CreateServerlessCache", created.toArray(String[]::new)));
      needed.add(implied(Change.CREATE, "elasticache:AddTagsToResource", it));
      needed.add(
          implied(
              Change.CREATE,
              "ec2:CreateVpcEndpoint",
              at.arn("ec2", "vpc-endpoint/*"),
              at.arn("ec2", "vpc/*"),
              at.arn("ec2", "subnet/*"),
              at.arn("ec2", "security-group/*")));
      needed.add(implied(Change.CREATE, "ec2:CreateTags", at.arn("ec2", "vpc-endpoint/*")));
      if (kmsKey != null) {
        needed.add(implied(Change.CREATE, "kms:DescribeKey", kmsKey.value()));
        needed.add(implied(Change.CREATE, "kms:CreateGrant", kmsKey.value()));
      }
      needed.add(undo("elasticache:DeleteServerlessCache", it));
      return List.copyOf(needed);
    }
  }
}
