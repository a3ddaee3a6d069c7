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
import io.rekindle.plan.step.data.Secrets.SyncFromRds.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * The new password is kept as a staged version before the database gets it, and is made current
 * only after: whoever dies in between, the password that the database has is in the secret.
 */
@Singleton
final class SyncFromRds implements ActionHandler<Secrets.SyncFromRds> {
  static final Duration LOOK = Duration.ofSeconds(10);

  /** RDS goes on showing itself available for some seconds before it sets a password. */
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(30);

  /**
   * @param current the version that readers get; empty when there is none
   */
  record Before(String current) {}

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
    Optional<String> obstacle = new Obstacles(work).of(secret, database);
    if (obstacle.isPresent()) {
      return new Broken(obstacle.get());
    }
    if (secret.isEmpty() || !stored.isStaged(secret.get())) {
      Optional<String> lost = new Rivals(work, stored).lost();
      if (lost.isPresent()) {
        return new Broken(lost.get());
      }
      awaitUsable(work, database.orElseThrow());
      return Due.of(Change.STAGE, new Before(secret.map(StoredSecret::current).orElse("")));
    }
    return afterStaging(work, stored, secret.get(), database.orElseThrow());
  }

  private static Observation afterStaging(
      Work<Secrets.SyncFromRds> work,
      StoredSecret stored,
      DescribeSecretResponse secret,
      Database database) {
    Optional<String> overtaken = new Rivals(work, stored).overtaken(secret);
    if (overtaken.isPresent()) {
      return new Broken(overtaken.get());
    }
    awaitUsable(work, database);
    if (!database.isMarked(stored.version())) {
      return Due.of(Change.SET);
    }
    awaitPassword(work, database);
    return stored.isCurrent(secret)
        ? Settled.of(
            new Secrets.SyncFromRds.Outputs(
                new Secrets.Stored(stored.name(), new Arn(secret.arn())), stored.version()))
        : Due.of(Change.PUBLISH, new Before(StoredSecret.current(secret)));
  }

  private static boolean isOurs(Work<Secrets.SyncFromRds> work, DescribeSecretResponse secret) {
    return work.ownership().owns(StoredSecret.tags(secret));
  }

  private static void awaitUsable(Work<Secrets.SyncFromRds> work, Database database) {
    if (!database.isUsable()) {
      throw work.underWay(
          "the %s %s is '%s'".formatted(database.kind(), database.id(), database.status()), LOOK);
    }
  }

  private static void awaitPassword(Work<Secrets.SyncFromRds> work, Database database) {
    Instant seen = database.markedAt().plus(work.pace().of(UNTIL_SEEN));
    if (database.isChanging() || Instant.now().isBefore(seen)) {
      throw work.underWay("the new password of %s is being set".formatted(database.id()), LOOK);
    }
  }

  @Override
  public void apply(Work<Secrets.SyncFromRds> work, Due due) {
    StoredSecret stored = StoredSecret.of(work);
    Optional<DescribeSecretResponse> secret = stored.find();
    Optional<Database> database = Database.find(work);
    if (database.isEmpty()
        || new Obstacles(work).of(secret, database).isPresent()
        || (work.call().drill() && secret.isPresent() && !isOurs(work, secret.get()))) {
      return;
    }
    switch (changeOf(work, due)) {
      case STAGE -> stage(work, stored, secret, database.get());
      case SET -> set(work, stored, database.get());
      case PUBLISH -> secret.ifPresent(present -> publish(stored, present, due));
    }
  }

  private static Change changeOf(Work<Secrets.SyncFromRds> work, Due due) {
    return Stream.of(Change.values())
        .filter(due::is)
        .findFirst()
        .orElseThrow(() -> work.refused("bug: asked for the change " + due.change()));
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
                            "the secret %s in %s does not hold a JSON object: nothing can be added to it"
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
    if (database.isMarked(stored.version())) {
      return;
    }
    String password =
        SecretText.read(stored.stagedText())
            .flatMap(SecretText::password)
            .orElseThrow(() ->
                work.refused(
                    "the staged version of the secret %s in %s holds no password"
                        .formatted(stored.name(), work.call().region())));
    database.setPassword(work, password);
    database.mark(work, stored.version());
  }

  private static void publish(StoredSecret stored, DescribeSecretResponse secret, Due due) {
    String seen = due.before(Before.class).current();
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
    String former = work.before(Change.PUBLISH, Before.class).map(Before::current).orElse("");
    if (former.isEmpty() || StoredSecret.current(secret.get()).equals(former)) {
      return;
    }
    if (!stored.isCurrent(secret.get())) {
      throw work.refused(
          "somebody else has changed the secret %s in %s since; the former version %s is not restored"
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
    Optional<String> obstacle =
        new Obstacles(work).of(StoredSecret.of(work).find(), Database.find(work));
    return new Readiness(
        obstacle.isEmpty(),
        obstacle.orElseGet(() ->
            "the secret %s can be written, and the %s can get a new password"
                .formatted(work.with().secret(), Database.describe(work.with()))),
        null);
  }
}
