package io.rekindle.action.aws.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the tables of a database are built, by their names. */
record Structure(SortedMap<String, Table> tables) {

  record Column(String quoted, String type) {}

  /**
   * @param lines what is to be compared
   */
  record Table(String quoted, List<Column> columns, List<String> lines) {
    String digest() {
      return Digest.of(String.join("\n", lines)).substring(0, 8);
    }
  }

  private record Part(String table, String quoted, String type, String line) {
    boolean isTable() {
      return line.equals("table");
    }

    boolean isColumn() {
      return line.startsWith("column ");
    }
  }

  static Structure of(Database.Reader reader, Dialect dialect) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (ResultSet rows = reader.next().executeQuery(dialect.structure())) {
      while (rows.next()) {
        String line = dialect.unversioned(rows.getString(4));
        parts.add(new Part(rows.getString(1), rows.getString(2), rows.getString(3), line));
      }
    }
    return new Structure(tables(parts));
  }

  private static SortedMap<String, Table> tables(List<Part> parts) {
    SortedMap<String, Table> tables = new TreeMap<>();
    parts.sort(Comparator.comparing(Part::line));
    parts.stream()
        .filter(Part::isTable)
        .forEach(part ->
            tables.put(
                part.table(), new Table(part.quoted(), new ArrayList<>(), new ArrayList<>())));
    for (Part part : parts) {
      Table table = tables.get(part.table());
      if (table != null && part.isColumn()) {
        table.columns().add(new Column(part.quoted(), part.type()));
      }
      if (table != null) {
        table.lines().add(part.line());
      }
    }
    return Collections.unmodifiableSortedMap(tables);
  }
}
