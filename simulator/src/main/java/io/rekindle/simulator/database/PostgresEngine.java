package io.rekindle.simulator.database;

import static io.rekindle.simulator.database.PostgresServer.ADMINISTRATOR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * PostgreSQL: a server for each instance, because replication copies whole servers. All of them
 * begin as copies of one that was never started.
 */
final class PostgresEngine implements Engine {
  private final PostgresFiles files;
  private final Path folder;
  private final String password = UUID.randomUUID().toString();
  private final List<PostgresRows> running = new ArrayList<>();
  private int made;

  private PostgresEngine(PostgresFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  static PostgresEngine start(Path cache) throws IOException {
    PostgresFiles files =
        PostgresFiles.find(cache)
            .orElseThrow(() ->
                new IOException(
                    "No PostgreSQL server for simulated databases: install PostgreSQL (on Debian:"
                        + " apt-get install postgresql), or simulate without databases."));
    PostgresEngine engine = new PostgresEngine(files, DataFolder.create("postgres"));
    engine.makeTemplate();
    return engine;
  }

  private Path template() {
    return folder.resolve("template");
  }

  private void makeTemplate() throws IOException {
    Path passwordFile = Files.writeString(folder.resolve("password"), password);
    Path log = folder.resolve("log");
    List<String> command =
        List.of(
            files.program("initdb"),
            "--pgdata=" + PostgresServer.data(template()),
            "--username=" + ADMINISTRATOR,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--wal-segsize=1",
            "--no-sync");
    Files.createDirectory(template());
    Process process =
        ServerProcess.starter(PostgresServer.unprivileged(command), Map.of(), log).start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(
          "PostgreSQL could not make its first files: " + ServerProcess.lastOf(log));
    }
    Files.delete(passwordFile);
  }

  /** Where nothing is yet. */
  Path newHome() throws IOException {
    return Files.createDirectory(folder.resolve("p" + ++made));
  }

  /** Starts a server on the data that are there. */
  PostgresServer serve(Path home, List<String> settings) throws IOException {
    return PostgresServer.start(files, password, home, settings);
  }

  /** How a replica finds the administrator of its source. */
  String following(int port) {
    return "primary_conninfo=host=127.0.0.1 port=%d user=%s password=%s"
        .formatted(port, ADMINISTRATOR, password);
  }

  @Override
  public Rows create(Master master) throws IOException, SQLException {
    Path home = newHome();
    DataFolder.copy(PostgresServer.data(template()), PostgresServer.data(home), any -> true);
    PostgresRows rows = PostgresRows.of(this, home, master.user());
    rows.admit(master);
    return rows;
  }

  void began(PostgresRows rows) {
    running.add(rows);
  }

  void ended(PostgresRows rows) {
    running.remove(rows);
  }

  @Override
  public void end() throws IOException {
    for (PostgresRows rows : List.copyOf(running)) {
      rows.drop();
    }
    DataFolder.remove(folder);
  }
}
