package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.VerifyCanary.CanaryTable;
import io.temporal.failure.ApplicationFailure;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of a table, each of which one step has written to see whether it comes along. */
record CanaryRows(Database database, CanaryTable in) {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final String LESS = "See what keeps the table locked";

  static CanaryRows of(Work<?> work, CanaryTable in) {
    return new CanaryRows(new Database(work, in.url(), in.secret()), in);
  }

  /**
   * When the row was written; empty where it is not there.
   *
   * @throws SQLException when the database does not answer or refuses
   */
  Optional<Instant> written(Login login, String token) throws SQLException {
    String query = "select %s from %s where token = ?".formatted(seconds("written"), in.table());
    return read(
        login,
        reader -> {
          try (PreparedStatement asked = reader.next(query)) {
            asked.setString(1, token);
            return time(asked.executeQuery());
          }
        });
  }

  /**
   * When the newest of all was written; empty where there is none.
   *
   * @throws SQLException when the database does not answer or refuses
   */
  Optional<Instant> newest(Login login) throws SQLException {
    String query = "select %s from %s".formatted(seconds("max(written)"), in.table());
    return read(login, reader -> time(reader.next().executeQuery(query)));
  }

  private String seconds(String time) {
    return database.engine().seconds(time);
  }

  private <T> T read(Login login, Database.Reading<T> reading) throws SQLException {
    return database.read(
        login, List.of(database.engine().universalTime(), "start transaction read only"), reading);
  }

  private static Optional<Instant> time(ResultSet rows) throws SQLException {
    try (rows) {
      if (!rows.next()) {
        return Optional.empty();
      }
      long seconds = rows.getLong(1);
      return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }
  }

  /**
   * Adds the row unless it is there.
   *
   * @throws SQLException when the database does not answer or refuses; the row may be there
   */
  void write(Login login, String token) throws SQLException {
    if (written(login, token).isEmpty()) {
      insert(login, token);
    }
  }

  /** Another attempt may have come first. */
  private void insert(Login login, String token) throws SQLException {
    String words =
        "insert into %s (token, written) values (?, current_timestamp)".formatted(in.table());
    try {
      database.write(
          login,
          writer -> {
            try (PreparedStatement insert = writer.next(words)) {
              insert.setString(1, token);
              insert.executeUpdate();
            }
          });
    } catch (SQLException failure) {
      if (!Database.isTaken(failure) || written(login, token).isEmpty()) {
        throw failure;
      }
    }
  }

  /**
   * Who learns only when the application is closed that the table is missing learns it too late.
   */
  Readiness check(String token) {
    Optional<Login> login = database.login();
    if (login.isEmpty()) {
      return database.check();
    }
    try {
      written(login.get(), token);
      return new Readiness(true, "%s of %s can be read".formatted(in.table(), database), null);
    } catch (SQLException failure) {
      return Database.isWrong(failure)
          ? new Readiness(false, unread(failure, token).why(), null)
          : database.check();
    }
  }

  /** What it means that the row could not be read. */
  Broken unread(SQLException failure, String token) {
    Broken broken = database.failed(failure, "reading " + said(token), LESS, LOOK);
    return new Broken(broken.why() + ". " + remedy());
  }

  /** What it means that one could not be written. */
  ApplicationFailure unwritten(SQLException failure, String token) {
    return database.unchanged(failure, "writing " + said(token), remedy());
  }

  private String remedy() {
    return ("The table is made by: create table %s %s; the user of the secret %s needs select on"
            + " it, and insert to write; a replica cannot be written")
        .formatted(in.table(), CanaryTable.COLUMNS, in.secret());
  }

  /** A row and where it belongs. */
  String said(String token) {
    return "the row '%s' of table %s of %s".formatted(token, in.table(), database);
  }
}
