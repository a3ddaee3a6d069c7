package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The server of one instance. */
final class PostgresRows implements Rows {
  private final PostgresEngine engine;
  private final String user;
  private final PostgresServer server;
  private Optional<Following> following;

  private PostgresRows(
      PostgresEngine engine, String user, PostgresServer server, Optional<Following> following) {
    this.engine = engine;
    this.user = user;
    this.server = server;
    this.following = following;
    engine.began(this);
  }

  /** Of the data that are in a folder. */
  static PostgresRows of(PostgresEngine engine, Path home, String user) throws IOException {
    return new PostgresRows(engine, user, engine.serve(home, List.of()), Optional.empty());
  }

  /**
   * RDS gives a master all but a superuser's rights, and the database postgres beside its own.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html">
   *     rds_superuser</a>
   */
  void admit(Master master) throws SQLException {
    String name = quoted(master.user(), '"');
    server.run(
        "create role " + name + " login createdb createrole",
        "grant pg_monitor, pg_signal_backend to " + name,
        "alter database postgres owner to " + name);
    setPassword(master.password());
    if (!master.database().isEmpty()) {
      server.run("create database " + quoted(master.database(), '"') + " owner " + name);
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public Greeting greeting(BooleanSupplier closed) {
    return new PostgresGreeting(closed);
  }

  @Override
  public void setPassword(String password) throws SQLException {
    server.run("alter role " + quoted(user, '"') + " password " + quoted(password, '\''));
  }

  private static String quoted(String text, char mark) {
    return mark + text.replace("" + mark, "" + mark + mark) + mark;
  }

  @Override
  public Kept keep() throws IOException, SQLException {
    Path home = engine.newHome();
    new PostgresBackup(server).into(home);
    return new Copy(engine, home, user);
  }

  @Override
  public Optional<Rows> follower(BooleanSupplier cut) throws IOException, SQLException {
    Path home = engine.newHome();
    new PostgresBackup(server).into(home);
    Following source = Following.of(server, cut);
    List<String> settings = List.of(engine.following(source.link().port()));
    source.beStandby(home);
    PostgresServer standby = engine.serve(home, settings);
    source.beat();
    return Optional.of(new PostgresRows(engine, user, standby, Optional.of(source)));
  }

  @Override
  public void promote() throws SQLException {
    if (following.isPresent()) {
      server.run("select pg_promote()");
      following.get().end();
      following = Optional.empty();
    }
  }

  @Override
  public Optional<Duration> lag() throws SQLException {
    return following.isPresent() ? following.get().lag(server) : Optional.empty();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void start() throws IOException {
    server.start(
        following
            .map(source -> List.of(engine.following(source.link().port())))
            .orElseGet(List::of));
  }

  @Override
  public void drop() throws IOException {
    following.ifPresent(Following::end);
    server.stop();
    engine.ended(this);
    DataFolder.remove(server.home());
  }

  /** A data folder on which no server runs. */
  record Copy(PostgresEngine engine, Path home, String user) implements Kept {
    @Override
    public Rows restore() throws IOException {
      Path other = engine.newHome();
      DataFolder.copy(PostgresServer.data(home), PostgresServer.data(other), any -> true);
      return of(engine, other, user);
    }

    @Override
    public void drop() throws IOException {
      DataFolder.remove(home);
    }
  }
}
