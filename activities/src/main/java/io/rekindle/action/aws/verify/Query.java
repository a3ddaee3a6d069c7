package io.rekindle.action.aws.verify;

import io.rekindle.action.aws.Attempt.GoingOn;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.proof.Verify;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs a query that changes nothing and gives one whole number. It ends on the server too when its
 * time is over, or when nobody waits for it any more.
 */
record Query(Work<Verify.Sql> work, Login login) {
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private Verify.Sql with() {
    return work.with();
  }

  private Duration answering() {
    Duration left = work.timeFor(Kinds.of(Verify.Sql.class).look()).minus(CONNECTING);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /**
   * The number; empty when the answer is not exactly one.
   *
   * @throws SQLException when the database does not answer or refuses
   */
  Optional<Long> run() throws SQLException {
    Engine engine = Engine.of(with().url());
    Duration answering = answering();
    try (Connection connection =
            engine.connect(with().url(), engine.settings(login, CONNECTING, answering));
        Statement statement = connection.createStatement();
        GoingOn asked = work.goingOn(() -> cancel(statement))) {
      String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
      statement.execute(engine.limit(answering.minus(HEAD_START), product));
      statement.execute("start transaction read only");
      return number(statement);
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

  private Optional<Long> number(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(with().query())) {
      if (rows.getMetaData().getColumnCount() != 1 || !rows.next()) {
        return Optional.empty();
      }
      Optional<Long> number = whole(rows.getString(1));
      return rows.next() ? Optional.empty() : number;
    }
  }

  private static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException notWhole) {
      return Optional.empty();
    }
  }
}
