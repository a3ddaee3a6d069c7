package io.rekindle.action.aws.secrets;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * The new password is kept as a pending version before the database gets it, and is made current
 * only after: whoever dies in between, the password that the database has is in the secret.
 */
@Singleton
final class SyncFromRds implements ActionHandler<Secrets.SyncFromRds> {
  private static final String STAGE = "stage";
  private static final String SET = "set";
  private static final String PUBLISH = "publish";
  private static final String CURRENT = "current";

  /** On the database: the version whose password it was given, and when. */
  private static final String PASSWORD_TAG = "rekindle:password";

  private static final Duration LOOK = Duration.ofSeconds(10);

  /** RDS goes on showing itself available for some seconds before it sets a password. */
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(30);

  @Override
  public Class<Secrets.SyncFromRds> declaration() {
    return Secrets.SyncFromRds.class;
  }

  @Override
  public Observation observe(Work<Secrets.SyncFromRds> work) {
    StoredSecret stored = StoredSecret.of(work);
    Optional<DescribeSecretResponse> secret = stored.find();
    if (work.call().drill() && secret.isPresent() && !isOurs(work, secret.get())) {
      return new Foreign(
          "the secret %s: %s"
              .formatted(stored.name(), Ownership.ownerOf(StoredSecret.tags(secret.get()))));
    }
    Optional<Database> database = Database.find(work);
    Optional<String> lack = lack(work, secret, database);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    if (secret.isEmpty() || !stored.isStaged(secret.get())) {
      awaitUsable(work, database.orElseThrow());
      return new Due(STAGE, Map.of(CURRENT, secret.map(StoredSecret::current).orElse("")));
    }
    return afterStaging(work, stored, secret.get(), database.orElseThrow());
  }

  private static Observation afterStaging(
      Work<Secrets.SyncFromRds> work,
      StoredSecret stored,
      DescribeSecretResponse secret,
      Database database) {
    awaitUsable(work, database);
    if (!isMarked(database, stored)) {
      return new Due(SET, Map.of());
    }
    awaitPassword(work, database);
    return stored.isCurrent(secret)
        ? new Settled(
            Map.of("secret", stored.name(), "arn", secret.arn(), "version", stored.version()))
        : new Due(PUBLISH, Map.of(CURRENT, StoredSecret.current(secret)));
  }

  private static boolean isOurs(Work<Secrets.SyncFromRds> work, DescribeSecretResponse secret) {
    return work.ownership().owns(StoredSecret.tags(secret));
  }

  private static boolean isMarked(Database database, StoredSecret stored) {
    return database.tags().getOrDefault(PASSWORD_TAG, "").startsWith(stored.version() + "/");
  }

  private static void awaitUsable(Work<Secrets.SyncFromRds> work, Database database) {
    if (!database.isUsable()) {
      throw work.underWay(
          "the %s %s is '%s'".formatted(database.kind(), database.id(), database.status()), LOOK);
    }
  }

  private static void awaitPassword(Work<Secrets.SyncFromRds> work, Database database) {
    String mark = database.tags().getOrDefault(PASSWORD_TAG, "");
    Instant set = Instant.ofEpochSecond(Long.parseLong(mark.substring(mark.indexOf('/') + 1)));
    if (database.isChanging() || Instant.now().isBefore(set.plus(work.pace().of(UNTIL_SEEN)))) {
      throw work.underWay("the new password of %s is being set".formatted(database.id()), LOOK);
    }
  }

  /** What stands in the way, if anything. */
  private static Optional<String> lack(
      Work<Secrets.SyncFromRds> work,
      Optional<DescribeSecretResponse> secret,
      Optional<Database> database) {
    return database.isEmpty()
        ? Optional.of(
            "there is no %s in %s".formatted(Database.describe(work.with()), work.call().region()))
        : lack(work, database.get()).or(() -> lack(work, secret));
  }

  private static Optional<String> lack(Work<Secrets.SyncFromRds> work, Database database) {
    String it = "the %s %s in %s ".formatted(database.kind(), database.id(), work.call().region());
    if (work.call().drill() && !work.ownership().isOfRun(database.tags())) {
      return Optional.of(it + "was not made by this drill, and a drill sets no other's password");
    }
    if (database.isManaged()) {
      return Optional.of(
          it + "has its password in a secret that RDS manages: read that one instead");
    }
    String wanted = work.with().username();
    return wanted == null || wanted.equals(database.username())
        ? Optional.empty()
        : Optional.of(it + "has the master user " + database.username() + ", not " + wanted);
  }

  private static Optional<String> lack(
      Work<Secrets.SyncFromRds> work, Optional<DescribeSecretResponse> secret) {
    String region = work.call().region();
    String it = "the secret %s in %s ".formatted(work.with().secret(), region);
    if (secret.isEmpty()) {
      return work.call().drill() ? Optional.empty() : Optional.of(it + "does not exist");
    }
    if (secret.get().deletedDate() != null) {
      return Optional.of(it + "is to be deleted: restore it first");
    }
    if (secret.get().owningService() != null) {
      return Optional.of(it + "is managed by " + secret.get().owningService());
    }
    String home = secret.get().primaryRegion();
    return home == null || home.equals(region)
        ? Optional.empty()
        : Optional.of(it + "is a replica of " + home + " and cannot be written: promote it first");
  }

  @Override
  public void apply(Work<Secrets.SyncFromRds> work, Due due) {
    StoredSecret stored = StoredSecret.of(work);
    Optional<DescribeSecretResponse> secret = stored.find();
    Optional<Database> database = Database.find(work);
    if (database.isEmpty()
        || lack(work, secret, database).isPresent()
        || (work.call().drill() && secret.isPresent() && !isOurs(work, secret.get()))) {
      return;
    }
    switch (due.change()) {
      case STAGE -> stage(work, stored, secret, database.get());
      case SET -> set(work, stored, database.get());
      case PUBLISH -> secret.ifPresent(present -> publish(stored, present, due));
      default -> throw work.refused("it knows no change '" + due.change() + "'");
    }
  }

  private static void stage(
      Work<Secrets.SyncFromRds> work,
      StoredSecret stored,
      Optional<DescribeSecretResponse> secret,
      Database database) {
    if (secret.filter(stored::isStaged).isPresent()) {
      return;
    }
    SecretText present =
        stored
            .presentText()
            .map(text ->
                SecretText.read(text)
                    .orElseThrow(() ->
                        work.refused(
                            "the secret %s in %s holds no JSON object, so nothing can be added to it"
                                .formatted(work.with().secret(), work.call().region()))))
            .orElseGet(SecretText::empty);
    String text = present.of(database, work.with(), stored.newPassword()).text();
    if (secret.isEmpty()) {
      stored.create(text);
    } else {
      stored.stage(text);
    }
  }

  /** The mark comes last: a password that may not be set is set again, which changes nothing. */
  private static void set(Work<Secrets.SyncFromRds> work, StoredSecret stored, Database database) {
    if (isMarked(database, stored)) {
      return;
    }
    String password =
        SecretText.read(stored.stagedText())
            .flatMap(SecretText::password)
            .orElseThrow(() ->
                work.refused(
                    "the pending version of the secret %s in %s holds no password"
                        .formatted(stored.name(), work.call().region())));
    database.setPassword(work, password);
    database.mark(work, PASSWORD_TAG, stored.version() + "/" + Instant.now().getEpochSecond());
  }

  private static void publish(StoredSecret stored, DescribeSecretResponse secret, Due due) {
    String seen = due.before().getOrDefault(CURRENT, "");
    if (StoredSecret.current(secret).equals(seen) && !stored.isCurrent(secret)) {
      stored.moveCurrent(seen, stored.version());
    }
  }

  @Override
  public void undo(Work<Secrets.SyncFromRds> work) {
    StoredSecret stored = StoredSecret.of(work);
    Optional<DescribeSecretResponse> secret = stored.find();
    if (secret.isEmpty()) {
      return;
    }
    if (work.call().drill()) {
      delete(work, stored, secret.get());
      return;
    }
    String former = work.made(PUBLISH).map(due -> due.before().get(CURRENT)).orElse("");
    if (former.isEmpty() || StoredSecret.current(secret.get()).equals(former)) {
      return;
    }
    if (!stored.isCurrent(secret.get())) {
      throw work.refused(
          "somebody else changed the secret %s in %s meanwhile; the former version is %s"
              .formatted(stored.name(), work.call().region(), former));
    }
    stored.moveCurrent(stored.version(), former);
  }

  private static void delete(
      Work<Secrets.SyncFromRds> work, StoredSecret stored, DescribeSecretResponse secret) {
    if (!isOurs(work, secret)) {
      throw work.refused(
          "the secret %s in %s is not deleted: %s"
              .formatted(
                  stored.name(),
                  work.call().region(),
                  Ownership.ownerOf(StoredSecret.tags(secret))));
    }
    stored.delete();
  }

  @Override
  public Readiness check(Work<Secrets.SyncFromRds> work) {
    Optional<String> lack = lack(work, StoredSecret.of(work).find(), Database.find(work));
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "the secret %s can be written and the %s be given a password"
                .formatted(work.with().secret(), Database.describe(work.with()))),
        null);
  }
}
