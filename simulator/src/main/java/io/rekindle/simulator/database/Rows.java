package io.rekindle.simulator.database;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The rows of one instance, and the server that gives them. */
sealed interface Rows permits MariaDbRows, PostgresRows, LentRows {

  /** Where the server behind the door answers at present. */
  int port();

  /**
   * How clients say who they are.
   *
   * @param closed whether nobody but Rekindle is let in at present
   */
  Greeting greeting(BooleanSupplier closed);

  void setPassword(String password) throws IOException, SQLException;

  /** As they are at one moment. */
  Kept keep() throws IOException, SQLException;

  /**
   * The same rows, and whatever is changed in these from now on; empty for an engine whose replicas
   * are not simulated.
   *
   * @param cut whether nothing gets from one to the other at present
   */
  Optional<Rows> follower(BooleanSupplier cut) throws IOException, SQLException;

  /** Follows nobody from now on, and can be changed. */
  void promote() throws SQLException;

  /** The age of the newest change that has arrived; empty when these follow nobody. */
  Optional<Duration> lag() throws SQLException;

  void stop();

  void start() throws IOException;

  void drop() throws IOException, SQLException;

  /** What a snapshot holds: rows that nothing changes any more, and their master's password. */
  sealed interface Kept permits MariaDbRows.Copy, PostgresRows.Copy {
    Rows restore() throws IOException, SQLException;

    void drop() throws IOException, SQLException;
  }
}
