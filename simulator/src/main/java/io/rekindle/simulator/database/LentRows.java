package io.rekindle.simulator.database;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The rows of a cluster, as one of its instances gives them: whatever becomes of the instance, they
 * stay.
 */
record LentRows(Rows of) implements Rows {
  @Override
  public int port() {
    return of.port();
  }

  @Override
  public Greeting greeting(BooleanSupplier closed) {
    return of.greeting(closed);
  }

  @Override
  public void setPassword(String password) throws IOException, SQLException {
    of.setPassword(password);
  }

  @Override
  public Kept keep() throws IOException, SQLException {
    return of.keep();
  }

  /** What follows an instance of a cluster is another instance of it, and needs no copy. */
  @Override
  public Optional<Rows> follower(BooleanSupplier cut) {
    return Optional.empty();
  }

  @Override
  public void promote() {
    // It follows nobody.
  }

  @Override
  public Optional<Duration> lag() {
    return Optional.empty();
  }

  @Override
  public void stop() {
    // Others may still need them.
  }

  @Override
  public void start() {
    // They have never been stopped.
  }

  @Override
  public void drop() {
    // They belong to the cluster.
  }
}
