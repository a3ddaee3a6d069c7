package io.rekindle.action.aws.secrets;

import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * The database whose password is set: a DB instance or an Aurora cluster.
 *
 * @param host empty as long as it has none
 * @param isManaged whether RDS itself keeps the password in a secret of its own
 * @param isChanging whether a new password is still being set
 */
record Database(
    String kind,
    String id,
    String arn,
    String status,
    String host,
    int port,
    String username,
    String engine,
    @Nullable String name,
    boolean isManaged,
    boolean isChanging,
    Map<String, String> tags) {

  /** On the database: the version whose password it was given, and when. */
  private static final String PASSWORD_TAG = "rekindle:password";

  private static final String INSTANCE = "DB instance";
  private static final String CLUSTER = "DB cluster";

  private static RdsClient rds(Work<Secrets.SyncFromRds> work) {
    return work.client(RdsClient.class, RdsClient::builder);
  }

  static String describe(Secrets.SyncFromRds with) {
    return with.cluster() == null
        ? INSTANCE + " " + with.instance()
        : CLUSTER + " " + with.cluster();
  }

  static Optional<Database> find(Work<Secrets.SyncFromRds> work) {
    RdsClient rds = rds(work);
    try {
      return work.with().cluster() == null
          ? rds
              .describeDBInstances(request -> request.dbInstanceIdentifier(work.with().instance()))
              .dbInstances()
              .stream()
              .findFirst()
              .map(Database::of)
          : rds
              .describeDBClusters(request -> request.dbClusterIdentifier(work.with().cluster()))
              .dbClusters()
              .stream()
              .findFirst()
              .map(Database::of);
    } catch (DbInstanceNotFoundException | DbClusterNotFoundException none) {
      return Optional.empty();
    }
  }

  private static Database of(DBInstance instance) {
    boolean connectable = instance.endpoint() != null;
    return new Database(
        INSTANCE,
        instance.dbInstanceIdentifier(),
        instance.dbInstanceArn(),
        instance.dbInstanceStatus(),
        connectable ? instance.endpoint().address() : "",
        connectable ? instance.endpoint().port() : 0,
        instance.masterUsername(),
        instance.engine(),
        instance.dbName(),
        instance.masterUserSecret() != null,
        instance.pendingModifiedValues() != null
            && instance.pendingModifiedValues().masterUserPassword() != null,
        tags(instance.tagList()));
  }

  private static Database of(DBCluster cluster) {
    return new Database(
        CLUSTER,
        cluster.dbClusterIdentifier(),
        cluster.dbClusterArn(),
        cluster.status(),
        Objects.requireNonNullElse(cluster.endpoint(), ""),
        Objects.requireNonNullElse(cluster.port(), 0),
        cluster.masterUsername(),
        cluster.engine(),
        cluster.databaseName(),
        cluster.masterUserSecret() != null,
        cluster.pendingModifiedValues() != null
            && cluster.pendingModifiedValues().masterUserPassword() != null,
        tags(cluster.tagList()));
  }

  private static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  boolean isUsable() {
    return new InstanceStatus(status).isUsable() && !host.isEmpty();
  }

  void setPassword(Work<Secrets.SyncFromRds> work, String password) {
    if (kind.equals(CLUSTER)) {
      rds(work)
          .modifyDBCluster(request ->
              request.dbClusterIdentifier(id).masterUserPassword(password).applyImmediately(true));
    } else {
      rds(work)
          .modifyDBInstance(request ->
              request.dbInstanceIdentifier(id).masterUserPassword(password).applyImmediately(true));
    }
  }

  private String mark() {
    return tags.getOrDefault(PASSWORD_TAG, "");
  }

  /** Whether it was given the password of that version. */
  boolean isMarked(String version) {
    return mark().startsWith(version + "/");
  }

  /** When it was given the password of the version that it is marked with. */
  Instant markedAt() {
    String mark = mark();
    return Instant.ofEpochSecond(Long.parseLong(mark.substring(mark.indexOf('/') + 1)));
  }

  void mark(Work<Secrets.SyncFromRds> work, String version) {
    String value = version + "/" + Instant.now().getEpochSecond();
    rds(work)
        .addTagsToResource(request ->
            request.resourceName(arn).tags(Tag.builder().key(PASSWORD_TAG).value(value).build()));
  }
}
