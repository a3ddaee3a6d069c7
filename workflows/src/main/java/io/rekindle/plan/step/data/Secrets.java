package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS Secrets Manager. */
public sealed interface Secrets extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(look("secretsmanager:ListSecrets", Realm.ANYTHING));
  }

  /** Where a secret is found, as outputs. */
  record Stored(
      @Says("The name of the secret.") @Like("{it}") String secret,
      @Says("Its ARN in this Region.")
          @Like("arn:{partition}:secretsmanager:{region}:{account}:secret:{it}-AbCdEf")
          Arn arn) {}

  @Facts(
      kind = "secrets.syncFromRds",
      says =
          "Gives a database a newly generated password and writes it, with host, port and user,"
              + " into a secret of this Region; other keys of the secret stay. A repeated call"
              + " finds the same version with the same password. Until it is current the version is"
              + " labelled REKINDLE, not AWSPENDING, which belongs to rotation; a rotation in"
              + " between blocks the step. A replica cannot be written: promote it first.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.TOKEN,
      thing = "secret",
      undo = Undo.PUTS_BACK,
      undoing =
          "Makes the former version of the secret current again; the database keeps the new"
              + " password, which stays readable in the version that was staged.",
      drill = Drill.ISOLATED,
      drilling =
          "Writes a secret named drill-<run>-<secret>, deletes it at the end, and refuses a"
              + " database that the drill did not restore itself.",
      budget = "20m")
  record SyncFromRds(
      @Says("The name of the secret, in this Region.") String secret,
      @Says("The DB instance, in this Region; either this or cluster.") @Nullable String instance,
      @Says("The Aurora cluster, in this Region; either this or instance.")
          @Nullable String cluster,
      @Says("The master user that the database must have; without it, whichever it has.")
          @Nullable String username,
      @Says("What to write as engine, such as postgres; without it, the engine of the database.")
          @Nullable String engine,
      @Says("What to write as dbname; without it the secret's own, or the database's first one.")
          @Nullable String dbname)
      implements Secrets {
    public enum Change implements Action.Change {
      @Does("PutSecretValue with the new password, as a version that only has the label REKINDLE.")
      @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE)
      STAGE,

      @Does(
          "ModifyDBInstance or ModifyDBCluster with the staged password at once, marked by a"
              + " tag, until it is active and the database available.")
      @Lasts(min = "30s", likely = "1m", max = "5m", source = ESTIMATE)
      SET,

      @Does("UpdateSecretVersionStage, which makes the staged version the current one.")
      @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE)
      PUBLISH
    }

    public record Outputs(
        @Like("{secret}") Stored stored,
        @Says("The id of the version that is current now.")
            @Like("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
            String version)
        implements Action.Outputs {}

    public SyncFromRds {
      if (secret.startsWith("arn:")) {
        throw new IllegalArgumentException("secret is a name here, not an ARN");
      }
      if ((instance == null) == (cluster == null)) {
        throw new IllegalArgumentException("exactly one of instance and cluster is needed");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("secretsmanager", "secret:" + secret + "-??????");
      String drilled = at.arn("secretsmanager", "secret:drill-*-" + secret + "-??????");
      String keys = at.arn("kms", "key/*");
      boolean ofCluster = cluster != null;
      String database = at.arn("rds", ofCluster ? "cluster:" + cluster : "db:" + instance);
      return List.of(
          look("secretsmanager:DescribeSecret", it, drilled),
          look("secretsmanager:GetSecretValue", it, drilled),
          look("secretsmanager:GetRandomPassword", Realm.ANYTHING),
          look(ofCluster ? "rds:DescribeDBClusters" : "rds:DescribeDBInstances", database),
          change(Change.STAGE, "secretsmanager:CreateSecret", drilled),
          change(Change.STAGE, "secretsmanager:PutSecretValue", it, drilled),
          implied(Change.STAGE, "secretsmanager:TagResource", drilled),
          implied(Change.STAGE, "kms:GenerateDataKey", keys),
          implied(Change.STAGE, "kms:Decrypt", keys),
          change(Change.SET, ofCluster ? "rds:ModifyDBCluster" : "rds:ModifyDBInstance", database),
          change(Change.SET, "rds:AddTagsToResource", database),
          implied(Change.SET, "rds:ListTagsForResource", database),
          change(Change.PUBLISH, "secretsmanager:UpdateSecretVersionStage", it, drilled),
          undo("secretsmanager:UpdateSecretVersionStage", it, drilled),
          undo("secretsmanager:DeleteSecret", drilled));
    }
  }

  @Facts(
      kind = "secrets.promoteReplica",
      says =
          "Makes the replica of a secret in this Region a secret of its own that can be written,"
              + " also while the Region it came from is down. Its name and value stay: a database"
              + " secret still holds the host of the other Region.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "secret",
      undo = Undo.ONE_WAY,
      undoing = "One-way: a promoted replica follows again only when it is replicated anew.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would end the replication of a production secret.",
      budget = "5m")
  record PromoteReplica(@Says("The name of the secret, in this Region.") String secret)
      implements Secrets {
    public enum Change implements Action.Change {
      @Does("StopReplicationToReplica called in this Region, until it follows no other Region.")
      @Lasts(min = "1s", likely = "5s", max = "1m", source = ESTIMATE)
      PROMOTE
    }

    public record Outputs(@Like("{secret}") Stored stored) implements Action.Outputs {}

    public PromoteReplica {
      if (secret.startsWith("arn:")) {
        throw new IllegalArgumentException("secret is a name here, not an ARN");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("secretsmanager", "secret:" + secret + "-??????");
      return List.of(
          look("secretsmanager:DescribeSecret", it),
          change(Change.PROMOTE, "secretsmanager:StopReplicationToReplica", it));
    }
  }

  @Facts(
      kind = "secrets.replicate",
      says =
          "Replicates a secret from another Region into this one and keeps it in step from then on."
              + " A secret of the same name that is already here blocks the step unless it may be"
              + " overwritten; its value is then gone.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "source",
      undo = Undo.DELETES_OURS,
      undoing =
          "Removes the replica if this step made it; a secret that was overwritten does not come"
              + " back.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would copy a production secret for good.",
      budget = "10m")
  record Replicate(
      @Says("The secret, by the ARN it has in its own Region.") Arn source,
      @Says("The key in this Region that encrypts the replica; without it the AWS managed one.")
          @Nullable Arn kmsKey,
      @Says("Whether a secret of the same name in this Region may be overwritten.")
          boolean overwrite)
      implements Secrets {
    public enum Change implements Action.Change {
      @Does(
          "ReplicateSecretToRegions called in the secret's own Region, until the replica is"
              + " in sync.")
      @Lasts(min = "2s", likely = "10s", max = "2m", source = ESTIMATE)
      REPLICATE
    }

    public record Outputs(@Like("orders/db") Stored stored) implements Action.Outputs {}

    /** Six characters of chance and a hyphen follow the name in an ARN. */
    private static final int CHANCE = 7;

    public Replicate {
      if (!source.service().equals("secretsmanager")
          || source.resource().length() <= "secret:".length() + CHANCE) {
        throw new IllegalArgumentException("source is not the ARN of a secret");
      }
    }

    /** What it is called, in every Region. */
    public String name() {
      String resource = source.resource();
      return resource.substring("secret:".length(), resource.length() - CHANCE);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String here = at.arn("secretsmanager", "secret:" + name() + "-??????");
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      return List.of(
          look("secretsmanager:DescribeSecret", source.value(), here),
          change(Change.REPLICATE, "secretsmanager:ReplicateSecretToRegions", source.value()),
          implied(Change.REPLICATE, "kms:Decrypt", at.arnInAnyRegion("kms", "key/*")),
          implied(Change.REPLICATE, "kms:GenerateDataKey", key),
          implied(Change.REPLICATE, "kms:Encrypt", key),
          undo("secretsmanager:RemoveRegionsFromReplication", source.value()));
    }
  }
}
