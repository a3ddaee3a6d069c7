package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

@Singleton
final class Sql implements LookingHandler<Verify.Sql> {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** The states of SQL that say that the query is wrong, or wants to write. */
  private static final Pattern WRONG_QUERY = Pattern.compile("42...|25006");

  /** Those of MariaDB and PostgreSQL that say that the time for the query was over. */
  private static final Pattern TOO_LONG = Pattern.compile("70100|57014");

  private final Sightings sightings;

  Sql(Sightings sightings) {
    this.sightings = sightings;
  }

  @Override
  public Class<Verify.Sql> declaration() {
    return Verify.Sql.class;
  }

  @Override
  public Observation observe(Work<Verify.Sql> work) {
    Optional<Login> login = login(work);
    if (login.isEmpty()) {
      return new Broken(noLogin(work));
    }
    try {
      Optional<Long> number = new Query(work, login.get()).run();
      return number.isPresent()
          ? judged(work, number.get())
          : new Broken(asked(work) + " must return one whole number");
    } catch (SQLException failure) {
      sightings.end(work.call());
      String sentence = asked(work) + " failed: " + words(failure);
      if (TOO_LONG.matcher(String.valueOf(failure.getSQLState())).matches()) {
        throw work.underWay(
            sentence + ". Ask for less, such as max(id) (retry --set query=…)", LOOK);
      }
      if (WRONG_QUERY.matcher(String.valueOf(failure.getSQLState())).matches()) {
        return new Broken(sentence);
      }
      throw work.underWay(sentence, LOOK);
    }
  }

  private Observation judged(Work<Verify.Sql> work, long number) {
    Verify.Sql with = work.with();
    Sightings.Row row = sightings.saw(work.call(), String.valueOf(number));
    Optional<String> lack = lack(with, number);
    if (lack.isPresent()) {
      throw work.underWay("%s gave %d, %s".formatted(asked(work), number, lack.get()), LOOK);
    }
    if (with.unchangedFor() != null && !hasHeld(row, work.pace().of(with.unchangedFor()))) {
      throw work.underWay(
          "%s has been %d for %s of %s"
              .formatted(
                  asked(work),
                  number,
                  Durations.format(Duration.ofSeconds(row.held().toSeconds())),
                  Durations.format(with.unchangedFor())),
          LOOK);
    }
    sightings.end(work.call());
    return Settled.of(new Verify.Sql.Outputs(number));
  }

  private static boolean hasHeld(Sightings.Row row, Duration time) {
    return row.times() > 1 && row.held().compareTo(time) >= 0;
  }

  private static Optional<String> lack(Verify.Sql with, long number) {
    if (with.atLeast() != null && number < with.atLeast()) {
      return Optional.of("which is less than " + with.atLeast());
    }
    return with.exactly() != null && number != with.exactly()
        ? Optional.of("not " + with.exactly())
        : Optional.empty();
  }

  private static Optional<Login> login(Work<Verify.Sql> work) {
    try {
      GetSecretValueResponse secret =
          work.client(SecretsManagerClient.class, SecretsManagerClient::builder)
              .getSecretValue(request -> request.secretId(work.with().secret()));
      return Optional.ofNullable(secret.secretString()).flatMap(Login::in);
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  private static String noLogin(Work<Verify.Sql> work) {
    return "the secret %s in %s does not exist or does not hold username and password"
        .formatted(work.with().secret(), work.call().region());
  }

  private static String asked(Work<Verify.Sql> work) {
    return "'%s' on %s"
        .formatted(work.with().query(), work.with().url().value().replaceFirst("\\?.*", ""));
  }

  private static String words(SQLException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** The database may not be there before the recovery; its secret must be. */
  @Override
  public Readiness check(Work<Verify.Sql> work) {
    boolean known = login(work).isPresent();
    return new Readiness(
        known,
        known ? "the secret %s can be read".formatted(work.with().secret()) : noLogin(work),
        null);
  }
}
