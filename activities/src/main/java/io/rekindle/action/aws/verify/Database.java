package io.rekindle.action.aws.verify;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.Attempt.GoingOn;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.value.JdbcUrl;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A database. What is asked ends on the server too when its time is over, or when nobody waits for
 * it any more.
 *
 * @param secret names the login
 */
record Database(Work<?> work, JdbcUrl url, String secret) {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  /** The states of SQL that say that the query is wrong, or wants to write. */
  private static final Pattern WRONG = Pattern.compile("42...|25006");

  /** Those that say that what was to be written does not fit. */
  private static final Pattern UNFIT = Pattern.compile("2[23]...");

  /** Those that say that there is no connection, or none any more. */
  private static final Pattern SILENCE = Pattern.compile("08...");

  /** Those of MariaDB and PostgreSQL that say that the time for the query was over. */
  private static final Pattern TOO_LONG = Pattern.compile("70100|57014");

  /** MySQL has no state of its own for that. */
  private static final int TOO_LONG_ON_MYSQL = 3024;

  /** What is asked within one transaction. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Reader reader) throws SQLException;
  }

  /** What is written within one transaction. */
  @FunctionalInterface
  interface Writing {
    void by(Reader writer) throws SQLException;
  }

  /** Asks one question after the other; together they have the time of one look. */
  record Reader(Database database, Statement statement, String product) {
    Statement next() throws SQLException {
      Duration limit = database.answering().minus(HEAD_START);
      statement.execute(database.engine().limit(limit, product));
      return statement;
    }

    PreparedStatement next(String words) throws SQLException {
      return next().getConnection().prepareStatement(words);
    }
  }

  Engine engine() {
    return Engine.of(url);
  }

  private Duration answering() {
    Duration left = work.timeFor(Kinds.of(work.with().getClass()).look()).minus(CONNECTING);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /**
   * Reads in one transaction that changes nothing.
   *
   * @param beginning the statements that begin it
   * @throws SQLException when the database does not answer or refuses
   */
  <T> T read(Login login, List<String> beginning, Reading<T> reading) throws SQLException {
    return within(login, beginning, reading);
  }

  /**
   * Writes in one transaction.
   *
   * @throws SQLException when the database does not answer or refuses; what was written may be
   *     there
   */
  void write(Login login, Writing writing) throws SQLException {
    within(
        login,
        List.of(engine().universalTime(), "start transaction"),
        writer -> {
          writing.by(writer);
          return writer.next().execute("commit");
        });
  }

  private <T> T within(Login login, List<String> beginning, Reading<T> reading)
      throws SQLException {
    try (Connection connection =
            engine().connect(url, engine().settings(login, CONNECTING, answering()));
        Statement statement = connection.createStatement();
        GoingOn asked = work.goingOn(() -> cancel(statement))) {
      String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
      for (String words : beginning) {
        statement.execute(words);
      }
      return reading.of(new Reader(this, statement, product));
    }
  }

  /** What cannot be cancelled ends by the limit that the server was told. */
  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException itsLimitWillEndIt) {
      return;
    }
  }

  Optional<Login> login() {
    try {
      GetSecretValueResponse value =
          work.client(SecretsManagerClient.class, SecretsManagerClient::builder)
              .getSecretValue(request -> request.secretId(secret));
      return Optional.ofNullable(value.secretString()).flatMap(Login::in);
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  String noLogin() {
    return "the secret %s in %s does not exist or does not hold username and password"
        .formatted(secret, work.call().region());
  }

  /** The database may not be there before the recovery; its secret must be. */
  Readiness check() {
    boolean known = login().isPresent();
    return new Readiness(
        known, known ? "the secret %s can be read".formatted(secret) : noLogin(), null);
  }

  /**
   * What it means that it did not answer what was asked.
   *
   * @param less what can be asked instead where the time was over
   */
  Broken failed(SQLException failure, String asked, String less, Duration untilNextLook) {
    String sentence = asked + " failed: " + words(failure);
    String state = String.valueOf(failure.getSQLState());
    if (TOO_LONG.matcher(state).matches() || failure.getErrorCode() == TOO_LONG_ON_MYSQL) {
      throw work.underWay(sentence + ". " + less, untilNextLook);
    }
    if (isWrong(failure)) {
      return new Broken(sentence);
    }
    throw work.underWay(sentence, untilNextLook);
  }

  /** Whether the same would be refused again. */
  static boolean isWrong(SQLException failure) {
    return WRONG.matcher(String.valueOf(failure.getSQLState())).matches();
  }

  /**
   * What it means for a change that it failed.
   *
   * @param remedy what can be done where the database refuses for good
   */
  ApplicationFailure unchanged(SQLException failure, String tried, String remedy) {
    String sentence = tried + " failed: " + words(failure);
    String state = String.valueOf(failure.getSQLState());
    if (isWrong(failure) || UNFIT.matcher(state).matches()) {
      return work.refused(sentence + ". " + remedy);
    }
    return Failures.passing(
        SILENCE.matcher(state).matches() ? Failures.UNREACHABLE : "Refused",
        work.call().kind() + ": " + sentence + ". Rekindle retries.");
  }

  /** Whether a row with the same key was there before. */
  static boolean isTaken(SQLException failure) {
    return String.valueOf(failure.getSQLState()).startsWith("23");
  }

  private static String words(SQLException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** Without its settings. */
  @Override
  public String toString() {
    return url.value().replaceFirst("\\?.*", "");
  }
}
