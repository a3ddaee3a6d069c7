package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Change;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Lasts;
import io.rekindle.plan.step.Facts.Output;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS Secrets Manager. */
public sealed interface Secrets extends Action {

  @Facts(
      kind = "secrets.syncFromRds",
      says =
          "Gives a database a newly generated password and writes it, with host, port and user,"
              + " into a secret of this Region; other keys of the secret stay. The id of the new"
              + " version is the step's own token, so a repeated call finds the same version with"
              + " the same password and sets it again. A replica cannot be written: promote it"
              + " first.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      changes = {
        @Change(
            name = "stage",
            does = "PutSecretValue with the new password, as a version that is only pending.",
            lasts = @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE)),
        @Change(
            name = "set",
            does =
                "ModifyDBInstance or ModifyDBCluster with the pending password at once, marked by a"
                    + " tag, until it is active and the database available.",
            lasts = @Lasts(min = "30s", likely = "1m", max = "5m", source = ESTIMATE)),
        @Change(
            name = "publish",
            does = "UpdateSecretVersionStage, which makes the pending version the current one.",
            lasts = @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE))
      },
      outputs = {
        @Output(name = "secret", says = "The name of the secret.", like = "{secret}"),
        @Output(
            name = "arn",
            says = "Its ARN in this Region.",
            like = "arn:aws:secretsmanager:{region}:{account}:secret:{secret}-AbCdEf",
            type = Arn.class),
        @Output(
            name = "version",
            says = "The id of the version that is current now.",
            like = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
      },
      guard = Guard.TOKEN,
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
          change("stage", "secretsmanager:CreateSecret", drilled),
          change("stage", "secretsmanager:PutSecretValue", it, drilled),
          implied("stage", "secretsmanager:TagResource", drilled),
          implied("stage", "kms:GenerateDataKey", keys),
          implied("stage", "kms:Decrypt", keys),
          change("set", ofCluster ? "rds:ModifyDBCluster" : "rds:ModifyDBInstance", database),
          change("set", "rds:AddTagsToResource", database),
          implied("set", "rds:ListTagsForResource", database),
          change("publish", "secretsmanager:UpdateSecretVersionStage", it, drilled),
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
      changes =
          @Change(
              name = "promote",
              does =
                  "StopReplicationToReplica called in this Region, until the secret follows no"
                      + " other Region.",
              lasts = @Lasts(min = "1s", likely = "5s", max = "1m", source = ESTIMATE)),
      outputs = {
        @Output(name = "secret", says = "The name of the secret.", like = "{secret}"),
        @Output(
            name = "arn",
            says = "Its ARN in this Region, unchanged.",
            like = "arn:aws:secretsmanager:{region}:{account}:secret:{secret}-AbCdEf",
            type = Arn.class)
      },
      guard = Guard.STATE,
      undo = Undo.ONE_WAY,
      undoing = "One-way: a promoted replica follows again only when it is replicated anew.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would end the replication of a production secret.",
      budget = "5m")
  record PromoteReplica(@Says("The name of the secret, in this Region.") String secret)
      implements Secrets {
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
          change("promote", "secretsmanager:StopReplicationToReplica", it));
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
      changes =
          @Change(
              name = "replicate",
              does =
                  "ReplicateSecretToRegions called in the secret's own Region, until the replica is"
                      + " in sync.",
              lasts = @Lasts(min = "2s", likely = "10s", max = "2m", source = ESTIMATE)),
      outputs = {
        @Output(name = "secret", says = "The name of the secret.", like = "orders/db"),
        @Output(
            name = "arn",
            says = "The ARN of the replica in this Region.",
            like = "arn:aws:secretsmanager:{region}:{account}:secret:orders/db-AbCdEf",
            type = Arn.class)
      },
      guard = Guard.STATE,
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
    public Replicate {
      if (!source.service().equals("secretsmanager")) {
        throw new IllegalArgumentException("source is not the ARN of a secret");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String replica = at.arn("secretsmanager", source.resource());
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      return List.of(
          look("secretsmanager:DescribeSecret", source.value(), replica),
          change("replicate", "secretsmanager:ReplicateSecretToRegions", source.value()),
          implied("replicate", "kms:Decrypt", at.arnInAnyRegion("kms", "key/*")),
          implied("replicate", "kms:GenerateDataKey", key),
          implied("replicate", "kms:Encrypt", key),
          undo("secretsmanager:RemoveRegionsFromReplication", source.value()));
    }
  }
}
