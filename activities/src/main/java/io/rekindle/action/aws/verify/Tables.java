package io.rekindle.action.aws.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.VerifyData;
import io.rekindle.plan.value.Fingerprint;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class Tables implements LookingHandler<VerifyData.Tables> {
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final String LESS =
      "Name the tables that matter (retry --set tables=…), or count only (retry --set"
          + " countOnly=true)";

  /** So many differences are said one by one. */
  private static final int SAID = 10;

  /** A run remembers little more for a step. */
  private static final int MOST_BYTES = 30_000;

  private final Sightings sightings;

  Tables(Sightings sightings) {
    this.sightings = sightings;
  }

  @Override
  public Class<VerifyData.Tables> declaration() {
    return VerifyData.Tables.class;
  }

  @Override
  public Observation observe(Work<VerifyData.Tables> work) {
    Database database = database(work);
    Optional<Login> login = database.login();
    if (login.isEmpty()) {
      return new Broken(database.noLogin());
    }
    Dialect dialect = Dialect.of(database.engine());
    try {
      return database.read(login.get(), dialect.beginning(), reader -> read(work, reader, dialect));
    } catch (SQLException failure) {
      sightings.end(work.call());
      return database.failed(failure, asked(work), LESS, LOOK);
    }
  }

  private Observation read(Work<VerifyData.Tables> work, Database.Reader reader, Dialect dialect)
      throws SQLException {
    SortedMap<String, Structure.Table> known = Structure.of(reader, dialect).tables();
    Collection<String> names = work.with().isOfAll() ? known.keySet() : work.with().tables();
    List<String> unknown = names.stream().filter(name -> !known.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      return new Broken("%s has no table %s".formatted(reader.database(), said(unknown)));
    }
    if (names.isEmpty() || names.size() > VerifyData.Tables.MOST) {
      return new Broken(
          "%s has %d tables, and 1 to %d can be read: name those that matter (retry --set tables=…)"
              .formatted(reader.database(), names.size(), VerifyData.Tables.MOST));
    }
    SortedMap<String, Fingerprint.Table> read = new TreeMap<>();
    for (String name : names) {
      Structure.Table table = Objects.requireNonNull(known.get(name));
      read.put(name, row(reader, dialect, table, work.with().countOnly()));
    }
    return judged(work, Fingerprint.of(read));
  }

  private static Fingerprint.Table row(
      Database.Reader reader, Dialect dialect, Structure.Table table, boolean countOnly)
      throws SQLException {
    String query =
        countOnly ? dialect.count(table.quoted()) : dialect.sum(table.quoted(), table.columns());
    try (ResultSet rows = reader.next().executeQuery(query)) {
      rows.next();
      long count = rows.getLong(1);
      return new Fingerprint.Table(
          count, countOnly ? null : checksum(table, count, rows.getString(2)), table.digest());
    }
  }

  private static String checksum(Structure.Table table, long count, @Nullable String sum)
      throws SQLException {
    if (sum == null) {
      throw new SQLException("the server could not make a checksum of a row of " + table.quoted());
    }
    return Digest.of(count + ":" + sum);
  }

  private Observation judged(Work<VerifyData.Tables> work, Fingerprint seen) {
    VerifyData.Tables with = work.with();
    Sightings.Row row = sightings.saw(work.call(), seen.value());
    if (with.sameAs() != null) {
      Collection<String> differences = seen.differencesFrom(with.sameAs());
      if (!differences.isEmpty()) {
        throw work.underWay(
            "%s are not as in the original: %s".formatted(asked(work), said(differences)), LOOK);
      }
    }
    if (with.unchangedFor() != null && !row.hasHeld(work.pace().of(with.unchangedFor()))) {
      throw work.underWay(
          "%s have not changed for %s".formatted(asked(work), row.heldOf(with.unchangedFor())),
          LOOK);
    }
    sightings.end(work.call());
    return settled(work, seen);
  }

  private static Observation settled(Work<VerifyData.Tables> work, Fingerprint seen) {
    String counts =
        seen.tables().entrySet().stream()
            .map(table -> table.getKey() + "=" + table.getValue().rows())
            .collect(Collectors.joining(", "));
    int bytes = (seen.value() + counts).getBytes(UTF_8).length;
    return bytes > MOST_BYTES
        ? new Broken(
            "what %s hold takes %,d bytes, and a run remembers %,d: name fewer tables"
                .formatted(asked(work), bytes, MOST_BYTES))
        : Settled.of(new VerifyData.Tables.Outputs(seen, counts, Digest.of(seen.value())));
  }

  private static String said(Collection<String> all) {
    String first = all.stream().limit(SAID).collect(Collectors.joining("; "));
    return all.size() > SAID ? first + "; and %d more".formatted(all.size() - SAID) : first;
  }

  private static String asked(Work<VerifyData.Tables> work) {
    String tables =
        work.with().isOfAll() ? "all tables" : "the tables " + said(work.with().tables());
    return tables + " of " + database(work);
  }

  private static Database database(Work<VerifyData.Tables> work) {
    return new Database(work, work.with().url(), work.with().secret());
  }

  @Override
  public Readiness check(Work<VerifyData.Tables> work) {
    return database(work).check();
  }
}
