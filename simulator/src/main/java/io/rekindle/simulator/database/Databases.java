package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Real databases and copies of their rows. An engine starts with the first of its databases. Every
 * database has a port of its own, where only its users get in, and only to its own rows.
 */
public final class Databases implements AutoCloseable {
  private final Map<String, Instance> instances = new HashMap<>();
  private final Map<String, Rows.Kept> copies = new HashMap<>();
  private final Map<Make, Engine> engines = new EnumMap<>(Make.class);
  private final Path cache;

  /** Whose servers they are. */
  public enum Make {
    MARIADB,
    POSTGRESQL
  }

  /**
   * @param cache where the files of the servers may be kept
   */
  public Databases(Path cache) {
    this.cache = cache;
  }

  /** The server that all MariaDB instances share starts beside whatever else is being started. */
  public static Databases starting(Path cache) {
    Databases databases = new Databases(cache);
    Thread.ofPlatform().daemon().start(databases::begin);
    return databases;
  }

  private synchronized void begin() {
    try {
      engine(Make.MARIADB);
    } catch (IOException | RuntimeException failed) {
      // Whoever needs it tries again, and is told.
      return;
    }
  }

  private Engine engine(Make make) throws IOException {
    Engine running = engines.get(make);
    if (running == null) {
      running =
          switch (make) {
            case MARIADB -> MariaDbEngine.start(cache);
            case POSTGRESQL -> PostgresEngine.start(cache);
          };
      engines.put(make, running);
    }
    return running;
  }

  /**
   * @param silent whether its Region does not answer at present
   */
  public synchronized void create(String id, Make make, Master master, BooleanSupplier silent) {
    doing(() -> instances.put(id, new Instance(engine(make).create(master), silent)));
  }

  public synchronized void snapshot(String id, String snapshot) {
    find(id).ifPresent(from -> doing(() -> copies.put(snapshot, from.rows().keep())));
  }

  /** Nothing changes what a snapshot holds, so its copies hold the same. */
  public synchronized void copy(String snapshot, String other) {
    Optional.ofNullable(copies.get(snapshot)).ifPresent(from -> copies.put(other, from));
  }

  public synchronized void restore(String snapshot, String id, BooleanSupplier silent) {
    Optional.ofNullable(copies.get(snapshot))
        .ifPresent(from -> doing(() -> instances.put(id, new Instance(from.restore(), silent))));
  }

  /**
   * Makes a replica, which has all that its source has and gets all changes from it, as long as
   * both exist and neither of their Regions is dark.
   */
  public synchronized void follow(String source, String replica, BooleanSupplier silent) {
    find(source)
        .ifPresent(from ->
            doing(() -> {
              Optional<Rows> rows =
                  from.rows().follower(() -> from.isSilent() || silent.getAsBoolean());
              if (rows.isPresent()) {
                instances.put(replica, new Instance(rows.get(), silent));
              }
              return rows;
            }));
  }

  /** From now on a replica follows nobody, keeps what it has, and can be changed. */
  public synchronized void promote(String replica) {
    find(replica)
        .ifPresent(instance ->
            doing(() -> {
              instance.rows().promote();
              instance.door().disconnect();
              return instance;
            }));
  }

  /** How old the newest change is that a replica has; empty for what is no replica. */
  public synchronized Optional<Duration> lag(String replica) {
    return find(replica).flatMap(instance -> doing(() -> instance.rows().lag()));
  }

  /** Makes an instance of a cluster: it gives the cluster's rows, at a port of its own. */
  public synchronized void join(String cluster, String instance, BooleanSupplier silent) {
    find(cluster).ifPresent(rows -> doing(() -> instances.put(instance, rows.sharing(silent))));
  }

  /** From now on a cluster answers at its own port too, or no longer. */
  public synchronized void answer(String cluster, boolean everybody) {
    find(cluster)
        .ifPresent(instance ->
            doing(() -> {
              if (everybody) {
                instance.open();
              } else {
                instance.shut();
              }
              return instance;
            }));
  }

  /** From now on this password lets the master in, and no other. */
  public synchronized void setPassword(String id, String password) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.rows().setPassword(password);
              return instance;
            }));
  }

  public synchronized void rename(String id, String other) {
    Instance instance = instances.remove(id);
    if (instance != null) {
      instances.put(other, instance);
    }
  }

  /** From now on everybody who connects is let in, or nobody but Rekindle. */
  public synchronized void admit(String id, boolean everybody) {
    find(id).ifPresent(instance -> instance.admit(everybody));
  }

  /** Ends all connections, as a restart does. */
  public synchronized void disconnect(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.door().disconnect();
              return instance;
            }));
  }

  public synchronized void stop(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.stop();
              return instance;
            }));
  }

  public synchronized void start(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.start();
              return instance;
            }));
  }

  public synchronized void delete(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.door().close();
              instance.rows().drop();
              return instances.remove(id);
            }));
  }

  /** Where a database answers; empty for one that is not ours. */
  public synchronized OptionalInt port(String id) {
    return find(id).map(it -> OptionalInt.of(it.door().port())).orElseGet(OptionalInt::empty);
  }

  /** How many clients are connected to a database. */
  public synchronized int connections(String id) {
    return find(id).map(instance -> instance.door().guests()).orElse(0);
  }

  private Optional<Instance> find(String id) {
    return Optional.ofNullable(instances.get(id));
  }

  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run() throws IOException, SQLException;
  }

  private static <T extends @Nullable Object> T doing(Work<T> work) {
    try {
      return work.run();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "The database server refused: " + failed.getMessage(), failed);
    }
  }

  public synchronized void forget() {
    List.copyOf(instances.keySet()).forEach(this::delete);
    Set.copyOf(copies.values())
        .forEach(copy ->
            doing(() -> {
              copy.drop();
              return copy;
            }));
    copies.clear();
  }

  @Override
  public synchronized void close() {
    instances
        .values()
        .forEach(instance ->
            doing(() -> {
              instance.door().close();
              return instance;
            }));
    engines
        .values()
        .forEach(engine ->
            doing(() -> {
              engine.end();
              return engine;
            }));
  }
}
