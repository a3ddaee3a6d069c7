package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Copies the data of a server that goes on: its files as they change, and the part of its log that
 * makes of them what they were at one moment, which is the end of the copy.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/16/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">
 *     Making a Base Backup Using the Low Level API</a>
 */
record PostgresBackup(PostgresServer server) {
  private static final Path LOG = Path.of("pg_wal");
  private static final Set<String> NOT_COPIED =
      Set.of("postmaster.pid", "postmaster.opts", "standby.signal", "backup_label.old");

  /** After the last segment of any log. */
  private static final String NO_END = "F".repeat(24);

  /** What the log is called in whose middle it ends; a standby cannot tell. */
  private static final String STOP =
      "select labelfile, case when pg_is_in_recovery() then '"
          + NO_END
          + "' else pg_walfile_name(lsn) end from pg_backup_stop(false)";

  void into(Path home) throws IOException, SQLException {
    Path from = PostgresServer.data(server.home());
    Path to = PostgresServer.data(home);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('copy', true)");
      DataFolder.copy(from, to, PostgresBackup::isCopied);
      try (ResultSet end = statement.executeQuery(STOP)) {
        end.next();
        Files.writeString(to.resolve("backup_label"), end.getString(1));
        copyLog(from, to, end.getString(2));
      }
    }
  }

  private static boolean isCopied(Path path) {
    return !NOT_COPIED.contains(path.toString()) && (!path.startsWith(LOG) || path.equals(LOG));
  }

  /** What was written after the end is no part of it. */
  private static void copyLog(Path from, Path to, String end) throws IOException {
    DataFolder.copy(
        from.resolve(LOG),
        to.resolve(LOG),
        path -> !path.toString().isEmpty() && isUpTo(end, path.toString()));
  }

  private static boolean isUpTo(String end, String file) {
    return file.length() != end.length() || file.compareTo(end) <= 0;
  }
}
