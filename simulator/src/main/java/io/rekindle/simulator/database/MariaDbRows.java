package io.rekindle.simulator.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A schema of the shared server, and its own user there. */
final class MariaDbRows implements Rows {
  private final MariaDbEngine engine;
  private final String schema;
  private volatile Master master;

  MariaDbRows(MariaDbEngine engine, String schema, Master master) {
    this.engine = engine;
    this.schema = schema;
    this.master = master;
  }

  @Override
  public int port() {
    return engine.port();
  }

  @Override
  public Greeting greeting(BooleanSupplier closed) {
    return new MariaDbGreeting(login ->
        closed.getAsBoolean() && !login.isOfRekindle()
            ? Optional.empty()
            : Optional.of(translated(login)));
  }

  private MariaDbLogin translated(MariaDbLogin login) {
    boolean known = login.user().equals(master.user());
    boolean mine = login.database().equals(master.database());
    return login.as(known ? schema : login.user(), mine ? schema : login.database());
  }

  @Override
  public void setPassword(String password) throws SQLException {
    engine.schemas().admit(schema, password);
    master = master.with(password);
  }

  @Override
  public Kept keep() throws SQLException {
    String copy = engine.newSchema();
    engine.schemas().copy(schema, copy);
    return new Copy(engine, copy, master);
  }

  /** Its replication is not simulated. */
  @Override
  public Optional<Rows> follower(BooleanSupplier cut) {
    return Optional.empty();
  }

  @Override
  public void promote() {}

  @Override
  public Optional<Duration> lag() {
    return Optional.empty();
  }

  /** The server goes on for all others. */
  @Override
  public void stop() {}

  @Override
  public void start() {}

  @Override
  public void drop() throws SQLException {
    engine.schemas().drop(schema);
  }

  record Copy(MariaDbEngine engine, String schema, Master master) implements Kept {
    @Override
    public Rows restore() throws SQLException {
      MariaDbRows restored = engine.create(master);
      engine.schemas().copy(schema, restored.schema);
      return restored;
    }

    @Override
    public void drop() throws SQLException {
      engine.schemas().drop(schema);
    }
  }
}
