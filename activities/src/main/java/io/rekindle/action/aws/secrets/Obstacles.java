package io.rekindle.action.aws.secrets;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** Why the password of a database, or the secret for it, must not be written. */
record Obstacles(Work<Secrets.SyncFromRds> work) {

  /** The first one, in words. */
  Optional<String> of(Optional<DescribeSecretResponse> secret, Optional<Database> database) {
    return database.isEmpty()
        ? Optional.of(
            "the %s does not exist in %s"
                .formatted(Database.describe(work.with()), work.call().region()))
        : ofDatabase(database.get()).or(() -> ofSecret(secret));
  }

  private Optional<String> ofDatabase(Database database) {
    String it = "the %s %s in %s ".formatted(database.kind(), database.id(), work.call().region());
    if (work.call().drill() && !work.ownership().isOfRun(database.tags())) {
      return Optional.of(it + "was not made by this drill; a drill may not change its password");
    }
    if (database.isManaged()) {
      return Optional.of(it + "has its password in a secret that RDS manages: use that secret");
    }
    String wanted = work.with().username();
    return wanted == null || wanted.equals(database.username())
        ? Optional.empty()
        : Optional.of(it + "has the master user " + database.username() + ", not " + wanted);
  }

  private Optional<String> ofSecret(Optional<DescribeSecretResponse> secret) {
    String region = work.call().region();
    String it = "the secret %s in %s ".formatted(work.with().secret(), region);
    if (secret.isEmpty()) {
      return work.call().drill() ? Optional.empty() : Optional.of(it + "does not exist");
    }
    if (secret.get().deletedDate() != null) {
      return Optional.of(it + "is scheduled for deletion: restore it first");
    }
    if (secret.get().owningService() != null) {
      return Optional.of(it + "is managed by " + secret.get().owningService());
    }
    String home = secret.get().primaryRegion();
    return home == null || home.equals(region)
        ? Optional.empty()
        : Optional.of(it + "is a replica of " + home + " and cannot be written: promote it first");
  }
}
