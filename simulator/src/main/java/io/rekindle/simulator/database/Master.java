package io.rekindle.simulator.database;

/**
 * Who may use an instance, and its first database.
 *
 * @param database empty when none was asked for
 */
public record Master(String database, String user, String password) {
  Master with(String otherPassword) {
    return new Master(database, user, otherPassword);
  }

  @Override
  public String toString() {
    return user + " of " + database;
  }
}
