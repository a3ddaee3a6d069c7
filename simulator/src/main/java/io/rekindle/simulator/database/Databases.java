package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Real databases and copies of their rows. The server starts with the first of them. Every database
 * has a port of its own, where only its user gets in, and only to its own rows.
 */
public final class Databases implements AutoCloseable {
  private final Map<String, Instance> instances = new HashMap<>();
  private final Map<String, Copy> copies = new HashMap<>();
  private final Path cache;
  private @Nullable MariaDb server;
  private int made;

  /**
   * @param cache where the files of the server may be kept
   */
  public Databases(Path cache) {
    this.cache = cache;
  }

  /** Its server starts beside whatever else is being started. */
  public static Databases starting(Path cache) {
    Databases databases = new Databases(cache);
    Thread.ofPlatform().daemon().start(databases::begin);
    return databases;
  }

  private synchronized void begin() {
    try {
      server();
    } catch (IOException | RuntimeException failed) {
      // Whoever needs it tries again, and is told.
      return;
    }
  }

  /** What a snapshot holds: rows, and who was the master at that time. */
  private record Copy(String schema, Master master) {}

  private record Master(String database, String user, String password) {}

  private static final class Instance {
    private final String schema;
    private final BooleanSupplier silent;
    private Master master;
    private volatile boolean closed;
    private Door door;

    Instance(String schema, BooleanSupplier silent, Master master, int server) throws IOException {
      this.schema = schema;
      this.silent = silent;
      this.master = master;
      door = Door.open(0, server, this::translated, silent);
    }

    private Optional<Login> translated(Login login) {
      if (closed && !login.isOfRekindle()) {
        return Optional.empty();
      }
      boolean known = login.user().equals(master.user());
      boolean mine = login.database().equals(master.database());
      return Optional.of(login.as(known ? schema : login.user(), mine ? schema : login.database()));
    }

    void reopen(int server) throws IOException {
      door = Door.open(door.port(), server, this::translated, silent);
    }
  }

  /**
   * @param silent whether its Region does not answer at present
   */
  public synchronized void create(
      String id, String database, String user, String password, BooleanSupplier silent) {
    open(id, new Master(database, user, password), silent);
  }

  private Instance open(String id, Master master, BooleanSupplier silent) {
    return doing(() -> {
      String schema = "i" + ++made;
      Schemas schemas = schemas();
      schemas.create(schema);
      schemas.admit(schema, master.password());
      Instance instance = new Instance(schema, silent, master, server().port());
      instances.put(id, instance);
      return instance;
    });
  }

  public synchronized void snapshot(String id, String snapshot) {
    Instance from = instances.get(id);
    if (from != null) {
      keep(new Copy(from.schema, from.master), snapshot);
    }
  }

  public synchronized void copy(String snapshot, String other) {
    Copy from = copies.get(snapshot);
    if (from != null) {
      keep(from, other);
    }
  }

  private void keep(Copy from, String snapshot) {
    doing(() -> {
      String schema = "s" + ++made;
      schemas().create(schema);
      schemas().copy(from.schema(), schema);
      return copies.put(snapshot, new Copy(schema, from.master()));
    });
  }

  public synchronized void restore(String snapshot, String id, BooleanSupplier silent) {
    Copy from = copies.get(snapshot);
    if (from != null) {
      Instance instance = open(id, from.master(), silent);
      doing(() -> {
        schemas().copy(from.schema(), instance.schema);
        return instance;
      });
    }
  }

  /** From now on this password lets the master in, and no other. */
  public synchronized void setPassword(String id, String password) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              schemas().admit(instance.schema, password);
              Master was = instance.master;
              instance.master = new Master(was.database(), was.user(), password);
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
    find(id).ifPresent(instance -> instance.closed = !everybody);
  }

  /** Ends all connections, as a restart does. */
  public synchronized void disconnect(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.door.disconnect();
              return instance;
            }));
  }

  public synchronized void stop(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.door.close();
              return instance;
            }));
  }

  public synchronized void start(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.reopen(server().port());
              return instance;
            }));
  }

  public synchronized void delete(String id) {
    find(id)
        .ifPresent(instance ->
            doing(() -> {
              instance.door.close();
              schemas().drop(instance.schema);
              return instances.remove(id);
            }));
  }

  /** Where a database answers; empty for one that is not ours. */
  public synchronized OptionalInt port(String id) {
    return find(id).map(it -> OptionalInt.of(it.door.port())).orElseGet(OptionalInt::empty);
  }

  /** How many clients are connected to a database. */
  public synchronized int connections(String id) {
    return find(id).map(instance -> instance.door.guests()).orElse(0);
  }

  private Optional<Instance> find(String id) {
    return Optional.ofNullable(instances.get(id));
  }

  private Schemas schemas() throws IOException {
    return new Schemas(server());
  }

  private MariaDb server() throws IOException {
    if (server == null) {
      ServerFiles files =
          ServerFiles.find(cache)
              .orElseThrow(() ->
                  new IOException(
                      "No MariaDB server for simulated databases: install MariaDB (on Debian:"
                          + " apt-get install mariadb-server), or simulate without databases."));
      server = MariaDb.start(files);
    }
    return server;
  }

  @FunctionalInterface
  private interface Work<T> {
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
    java.util.List.copyOf(instances.keySet()).forEach(this::delete);
    copies
        .values()
        .forEach(copy ->
            doing(() -> {
              schemas().drop(copy.schema());
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
              instance.door.close();
              return instance;
            }));
    if (server != null) {
      server.close();
    }
  }
}
