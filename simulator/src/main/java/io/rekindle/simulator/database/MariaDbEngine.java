package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** MariaDB: one server for all instances, because each of its schemas can be copied by itself. */
final class MariaDbEngine implements Engine {
  private final MariaDbServer server;
  private final MariaDbSchemas schemas;
  private int made;

  private MariaDbEngine(MariaDbServer server) {
    this.server = server;
    schemas = new MariaDbSchemas(server);
  }

  static MariaDbEngine start(Path cache) throws IOException {
    MariaDbFiles files =
        MariaDbFiles.find(cache)
            .orElseThrow(() ->
                new IOException(
                    "No MariaDB server for simulated databases: install MariaDB (on Debian:"
                        + " apt-get install mariadb-server), or simulate without databases."));
    return new MariaDbEngine(MariaDbServer.start(files));
  }

  int port() {
    return server.port();
  }

  MariaDbSchemas schemas() {
    return schemas;
  }

  /**
   * @return its name
   */
  String newSchema() throws SQLException {
    String schema = "s" + ++made;
    schemas.create(schema);
    return schema;
  }

  @Override
  public MariaDbRows create(Master master) throws SQLException {
    String schema = newSchema();
    schemas.admit(schema, master.password());
    return new MariaDbRows(this, schema, master);
  }

  @Override
  public void end() throws IOException {
    server.close();
  }
}
