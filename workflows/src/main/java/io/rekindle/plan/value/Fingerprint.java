package io.rekindle.plan.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rekindle.plan.shape.Component.Text;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tables of a database hold, short enough to be remembered and compared elsewhere. */
@Text(
    value = "what a step has read of tables, such as visits=2:9f3c5e0a1b2c3d4e:1a2b3c4d",
    example = "visits=2:9f3c5e0a1b2c3d4e:1a2b3c4d",
    pattern = Fingerprint.FORM)
public record Fingerprint(String value) {
  private static final String NOT_READ = "-";
  private static final String TABLE = "[A-Za-z0-9_.*%+-]+=[0-9]+:([0-9a-f]{16}|-):[0-9a-f]{8}";
  static final String FORM = "^" + TABLE + "( " + TABLE + ")*$";
  private static final Pattern PATTERN = Pattern.compile(FORM);

  /**
   * What one table holds.
   *
   * @param checksum over its rows; null where they were only counted
   * @param structure a digest of its columns, keys and indexes
   */
  public record Table(long rows, @Nullable String checksum, String structure) {
    private static Table in(String text) {
      String[] parts = text.split(":", 3);
      return new Table(
          Long.parseLong(parts[0]), parts[1].equals(NOT_READ) ? null : parts[1], parts[2]);
    }

    @Override
    public String toString() {
      return rows + ":" + (checksum == null ? NOT_READ : checksum) + ":" + structure;
    }

    private Optional<String> differenceFrom(Table other) {
      List<String> differences = new ArrayList<>();
      if (rows != other.rows) {
        differences.add("has %,d rows instead of %,d".formatted(rows, other.rows));
      } else if (checksum != null && other.checksum != null && !checksum.equals(other.checksum)) {
        differences.add("has %,d rows as it should, but not the same ones".formatted(rows));
      }
      if (!structure.equals(other.structure)) {
        differences.add("has other columns, keys or indexes");
      }
      return differences.isEmpty()
          ? Optional.empty()
          : Optional.of(String.join(" and ", differences));
    }
  }

  public Fingerprint {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "is not what a step has read of tables: give the output 'tables' of one");
    }
  }

  public static Fingerprint of(SortedMap<String, Table> tables) {
    return new Fingerprint(
        tables.entrySet().stream()
            .map(table -> URLEncoder.encode(table.getKey(), UTF_8) + "=" + table.getValue())
            .collect(Collectors.joining(" ")));
  }

  public SortedMap<String, Table> tables() {
    SortedMap<String, Table> tables = new TreeMap<>();
    for (String table : value.split(" ")) {
      String[] parts = table.split("=", 2);
      tables.put(URLDecoder.decode(parts[0], UTF_8), Table.in(parts[1]));
    }
    return tables;
  }

  /** Of each table that is not as in the other what is different, in its order. */
  public Collection<String> differencesFrom(Fingerprint other) {
    SortedMap<String, String> differences = new TreeMap<>();
    SortedMap<String, Table> expected = other.tables();
    for (Map.Entry<String, Table> mine : tables().entrySet()) {
      Table original = expected.remove(mine.getKey());
      Optional<String> difference =
          original == null
              ? Optional.of(
                  "is not in the original, and has %,d rows".formatted(mine.getValue().rows()))
              : mine.getValue().differenceFrom(original);
      difference.ifPresent(says -> differences.put(mine.getKey(), mine.getKey() + " " + says));
    }
    expected.forEach((name, lost) ->
        differences.put(name, "%s is missing, which had %,d rows".formatted(name, lost.rows())));
    return differences.values();
  }

  @Override
  public String toString() {
    return value;
  }
}
