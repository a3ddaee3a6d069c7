package io.rekindle.simulator.database;

import java.io.IOException;
import java.sql.SQLException;

/** What makes databases of one kind: its servers start with the first of them. */
sealed interface Engine permits MariaDbEngine, PostgresEngine {

  /** An empty database that answers. */
  Rows create(Master master) throws IOException, SQLException;

  /** Ends its servers and removes what they kept. */
  void end() throws IOException;
}
