package io.rekindle.action.aws.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A query that changes nothing and gives one whole number. */
record Query(Database database, String words) {

  /**
   * The number; empty when the answer is not exactly one.
   *
   * @throws SQLException when the database does not answer or refuses
   */
  Optional<Long> run(Login login) throws SQLException {
    return database.read(login, List.of("start transaction read only"), this::number);
  }

  private Optional<Long> number(Database.Reader reader) throws SQLException {
    try (ResultSet rows = reader.next().executeQuery(words)) {
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

  @Override
  public String toString() {
    return "'%s' on %s".formatted(words, database);
  }
}
