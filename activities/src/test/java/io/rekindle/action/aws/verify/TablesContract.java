package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.VerifyData;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The laws of comparing two databases, on the servers of one engine. */
abstract class TablesContract extends VerifyContract<VerifyData.Tables> {
  static final String PASSWORD = "Passw0rd-123";

  private final ActionHandler<VerifyData.Tables> handler = new Tables(new Sightings());

  /** What the original holds at first. */
  private String original = "";

  /** Two servers, or two databases with other settings. */
  enum Side {
    ORIGINAL,
    COPY
  }

  abstract String url(Side side);

  abstract Connection open(Side side) throws SQLException;

  /** Makes a database have no table. */
  abstract void empty(Side side) throws SQLException;

  /** What makes an engine store the rows of a table otherwise. */
  abstract String layout();

  abstract String withoutIndex();

  /** Fills the table of numbers up to 100,000. */
  abstract String manyRows();

  @Override
  protected ActionHandler<VerifyData.Tables> handler() {
    return handler;
  }

  final void on(Side side, String... statements) throws SQLException {
    try (Connection connection = open(side);
        Statement statement = connection.createStatement()) {
      for (String words : statements) {
        statement.execute(words);
      }
    }
  }

  @BeforeEach
  void twoCopiesAndASecret() throws SQLException {
    for (Side side : Side.values()) {
      empty(side);
      on(side, visits(side == Side.COPY ? layout() : ""), "create table sessions (id int)");
    }
    on(Side.ORIGINAL, row(1, "'home'", "'Hi'"), row(2, "'shop'", "null"), row(3, "'é€'", "''"));
    on(Side.COPY, row(3, "'é€'", "''"), row(9, "'no'", "null"), row(1, "'home'", "'Hi'"));
    on(Side.COPY, "delete from visits where id = 9", row(2, "'shop'", "null"));
    for (Side side : Side.values()) {
      on(side, "create index by_page on visits (page)", "insert into sessions values (7), (7)");
    }
    givenSecret();
    if (original.isEmpty()) {
      original = Objects.requireNonNull(original().get("tables"));
      SimulatedAws.aws().reset();
      givenSecret();
    }
  }

  private void givenSecret() {
    in(HERE, SecretsManagerClient::builder)
        .createSecret(request ->
            request
                .name("orders/db")
                .secretString("{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}"));
  }

  private static String visits(String layout) {
    return "create table visits (id int primary key, page varchar(40), note varchar(40), weight"
        + " double precision, ratio float(24), at timestamp null)"
        + layout;
  }

  private static String row(int id, String page, String note) {
    return "insert into visits values (%d, %s, %s, 0.1, 1234567.8, '2026-03-29 01:30:00')"
        .formatted(id, page, note);
  }

  @Override
  protected String with() {
    return with(Side.COPY, "sameAs: '%s'".formatted(original));
  }

  /** A comparison with what the original holds now. */
  final StepDriver compared() {
    return step(with(Side.COPY, "sameAs: '%s'".formatted(original().get("tables"))));
  }

  private String with(Side side, String more) {
    return "{url: '%s', secret: 'orders/db', tables: 'all', %s}"
        .formatted(url(side), more)
        .replace(", }", "}");
  }

  private Map<String, String> read(Side side) {
    return ((Settled) step(with(side, "")).observe()).outputs();
  }

  private Map<String, String> original() {
    return read(Side.ORIGINAL);
  }

  private String lack() {
    return failure(compared()).getOriginalMessage();
  }

  @Override
  protected void given() throws SQLException {
    on(Side.COPY, "delete from sessions", "insert into sessions values (7), (7)");
  }

  @Override
  protected void notYet() throws SQLException {
    on(Side.COPY, "insert into sessions values (8)");
  }

  @Override
  protected String[] said() {
    return new String[] {
      "all tables of " + url(Side.COPY).replaceFirst("\\?.*", ""),
      "sessions has 3 rows instead of 2"
    };
  }

  @Test
  void theSameRowsAreTheSameOnAnotherServerInAnotherOrderAndLayout() {
    assertThat(read(Side.COPY)).isEqualTo(original());
    assertThat(original()).containsEntry("counts", "sessions=2, visits=3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          update visits set note = 'Ho' where id = 1                 | visits has 3 rows as it should
          update visits set page = 'hom' where id = 1                | visits has 3 rows as it should
          update visits set note = '' where id = 2                   | visits has 3 rows as it should
          update visits set note = null where id = 3                 | visits has 3 rows as it should
          update visits set page = null, note = 'shop' where id = 2  | visits has 3 rows as it should
          update visits set page = 'homeH', note = 'i' where id = 1  | visits has 3 rows as it should
          update visits set note = 'hi' where id = 1                 | visits has 3 rows as it should
          update visits set weight = 0.10000000000000002             | visits has 3 rows as it should
          update visits set ratio = 1234567.9 where id = 1           | visits has 3 rows as it should
          update visits set at = '2026-03-29 01:30:01' where id = 1  | visits has 3 rows as it should
          update visits set id = 4 where id = 2                      | visits has 3 rows as it should
          update sessions set id = 8                                 | sessions has 2 rows as it should
          delete from visits where id = 1                            | visits has 2 rows instead of 3
          alter table visits add more int                            | visits .*has other columns, keys
          alter table sessions add primary key (id)                  | sessions .*has other columns, keys
          drop table sessions                                        | sessions is missing, which had 2
          create table more (id int)                                 | more is not in the original
          """)
  void whatDiffersIsNamed(String change, String says) throws SQLException {
    if (change.contains("primary key")) {
      on(Side.ORIGINAL, "delete from sessions");
      on(Side.COPY, "delete from sessions");
    }
    String untouched = read(Side.COPY).get("digest");
    on(Side.COPY, change);
    assertThat(lack()).containsPattern("original: " + says);
    assertThat(read(Side.COPY).get("digest")).isNotEqualTo(untouched);
  }

  @Test
  void aLostIndexIsNamed() throws SQLException {
    on(Side.COPY, withoutIndex());
    assertThat(lack()).contains("original: visits has other columns, keys or indexes");
  }

  @Test
  void allDifferencesAreSaidAtOnce() throws SQLException {
    on(Side.COPY, "delete from sessions", "delete from visits where id = 1");
    assertThat(lack())
        .contains("sessions has 0 rows instead of 2; visits has 2 rows instead of 3")
        .doesNotContain(PASSWORD);
  }

  @Test
  void onlyTheNamedTablesAreRead() {
    String with = with(Side.ORIGINAL, "").replace("'all'", "['visits']");
    assertThat(((Settled) step(with).observe()).outputs()).containsEntry("counts", "visits=3");
  }

  @Test
  void aTableThatIsNotThereIsSaidAtOnce() {
    String with = with(Side.ORIGINAL, "").replace("'all'", "['visits', 'no_such']");
    assertThat(step(with).observe())
        .isEqualTo(
            new Broken(
                "%s has no table no_such".formatted(url(Side.ORIGINAL).replaceFirst("\\?.*", ""))));
  }

  @Test
  void aDatabaseWithoutTablesProvesNothing() throws SQLException {
    empty(Side.ORIGINAL);
    assertThat(step(with(Side.ORIGINAL, "")).observe()).isInstanceOf(Broken.class);
  }

  @Test
  void moreTablesThanARunCanRememberAreRefused() throws SQLException {
    on(
        Side.ORIGINAL,
        IntStream.range(0, 200)
            .mapToObj("create table more_%d (id int)"::formatted)
            .toArray(String[]::new));
    assertThat(step(with(Side.ORIGINAL, "")).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> assertThat(broken.why()).contains("has 202 tables", "1 to 200"));
  }

  @Test
  void countsAreComparedWhereRowsWereNotRead() throws SQLException {
    on(Side.COPY, "update visits set note = 'Ho'");
    String counted =
        with(Side.COPY, "countOnly: true, sameAs: '%s'".formatted(original().get("tables")));
    assertThat(step(counted).observe()).isInstanceOf(Settled.class);
    on(Side.COPY, "delete from visits where id = 1");
    assertThat(failure(step(counted)).getOriginalMessage()).contains("2 rows instead of 3");
  }

  @Test
  void aChangeBeginsTheTimeOfNoChangeAnew() throws SQLException {
    Pace fast = new Pace(0.01);
    StepDriver step = step(with(Side.ORIGINAL, "unchangedFor: '1m'"), fast);
    assertThat(failure(step).getOriginalMessage()).contains("have not changed for 0s of 1m");
    on(Side.ORIGINAL, "update visits set note = 'Ho' where id = 1");
    long start = System.nanoTime();
    assertThat(step.look()).isInstanceOf(Settled.class);
    assertThat(System.nanoTime() - start).isGreaterThan(fast.of(Duration.ofMinutes(1)).toNanos());
  }

  /** Its one row is always in one of the tables, for whoever does not mix states. */
  @Test
  void allTablesAreReadInOneState() throws Exception {
    on(Side.ORIGINAL, "create table here (id int)", "create table there (id int)");
    on(Side.ORIGINAL, "insert into here values (1)");
    AtomicBoolean over = new AtomicBoolean();
    try (Connection writing = open(Side.ORIGINAL)) {
      writing.setAutoCommit(false);
      Thread writer = Thread.ofPlatform().start(() -> moveBetween(writing, over));
      for (int i = 0; i < 30; i++) {
        assertThat(original().get("counts"))
            .containsAnyOf("here=1, sessions=2, there=0", "here=0, sessions=2, there=1");
      }
      over.set(true);
      writer.join();
    }
  }

  private static void moveBetween(Connection connection, AtomicBoolean over) {
    try (Statement statement = connection.createStatement()) {
      while (!over.get()) {
        for (List<String> way : List.of(List.of("here", "there"), List.of("there", "here"))) {
          statement.execute("delete from " + way.getFirst());
          statement.execute("insert into %s values (1)".formatted(way.getLast()));
          connection.commit();
        }
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aHundredThousandRowsAreReadInFarLessThanOneLook() throws SQLException {
    on(
        Side.ORIGINAL,
        "create table numbers (id int primary key, page varchar(200), at timestamp null, weight"
            + " double precision)",
        manyRows());
    long start = System.nanoTime();
    assertThat(original().get("counts")).startsWith("numbers=100000");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(getClass().getSimpleName() + ": 100,000 rows in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofMinutes(2));
  }
}
