package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a PostgreSQL replica gets from its source, and how far behind it is. */
final class Following {
  /** RDS writes something so often where nobody else does. */
  private static final Duration BEAT = Duration.ofMinutes(5);

  /** Any change, because it takes a number that has to be told to replicas. */
  private static final String CHANGE = "select pg_current_xact_id()";

  /**
   * As RDS for PostgreSQL computes it, in milliseconds.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.Monitor.html">
   *     ReplicaLag</a>
   */
  private static final String LAG =
      "select (extract(epoch from now() - pg_last_xact_replay_timestamp()) * 1000)::bigint";

  private final PostgresServer source;
  private final BooleanSupplier cut;
  private final Link link;
  private Instant beaten = Instant.EPOCH;

  private Following(PostgresServer source, BooleanSupplier cut, Link link) {
    this.source = source;
    this.cut = cut;
    this.link = link;
  }

  static Following of(PostgresServer source, BooleanSupplier cut) throws IOException {
    return new Following(source, cut, Link.open(source::port, cut));
  }

  Link link() {
    return link;
  }

  /** Makes the copy of a primary a standby. */
  void beStandby(Path home) throws IOException {
    Files.createFile(PostgresServer.data(home).resolve("standby.signal"));
  }

  Optional<Duration> lag(PostgresServer replica) throws SQLException {
    if (!cut.getAsBoolean() && source.isRunning()) {
      beat();
    }
    String milliseconds = replica.isRunning() ? replica.ask(LAG) : "";
    return milliseconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, Long.parseLong(milliseconds))));
  }

  void beat() throws SQLException {
    if (Instant.now().isAfter(beaten.plus(BEAT))) {
      source.run(CHANGE);
      beaten = Instant.now();
    }
  }

  void end() {
    try {
      link.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
