package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.database.Databases.Make;
import io.rekindle.simulator.database.Master;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresTest {
  private static final Databases DATABASES = new Databases(Cache.folder());
  private static final String PASSWORD = "Passw0rd-'\\123";
  private static final Master MASTER = new Master("shop", "accounts", PASSWORD);
  private final AtomicBoolean dark = new AtomicBoolean();

  @BeforeEach
  void anInstanceWithTwoRows() throws SQLException {
    create("accounts");
    change("accounts", "create table accounts (id int primary key)");
    change("accounts", "insert into accounts values (1), (2)");
  }

  @AfterEach
  void nothingIsLeft() {
    DATABASES.forget();
    assertThat(servers()).isEmpty();
  }

  @AfterAll
  static void close() {
    DATABASES.close();
  }

  private void create(String id) {
    DATABASES.create(id, Make.POSTGRESQL, MASTER, dark::get);
  }

  private static Set<Long> servers() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().filter(it -> it.endsWith("postgres")).isPresent())
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static Connection connect(String id, String password, String more) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:%d/shop?loginTimeout=2%s";
    return DriverManager.getConnection(
        url.formatted(DATABASES.port(id).orElseThrow(), more), "accounts", password);
  }

  private static void change(String id, String sql) throws SQLException {
    try (Connection connection = connect(id, PASSWORD, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long ask(String id, String password, String query) throws SQLException {
    try (Connection connection = connect(id, password, "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static long count(String id, String password) throws SQLException {
    return ask(id, password, "select count(*) from accounts");
  }

  private static long count(String id) {
    try {
      return count(id, PASSWORD);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aSnapshotHoldsTheRowsOfItsMomentAndNoLaterOnes() throws SQLException {
    DATABASES.snapshot("accounts", "s");
    change("accounts", "insert into accounts values (3)");
    DATABASES.copy("s", "c");
    DATABASES.restore("c", "restored", dark::get);
    change("accounts", "insert into accounts values (4)");
    assertThat(count("restored")).isEqualTo(2);
    change("restored", "insert into accounts values (9), (10), (11)");
    assertThat(count("accounts")).isEqualTo(4);
    assertThat(count("restored")).isEqualTo(5);
  }

  @Test
  void aSnapshotOfADatabaseThatIsWrittenMeanwhileIsWhole() throws Exception {
    AtomicBoolean ending = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (Connection pooled = connect("accounts", PASSWORD, "");
                  Statement statement = pooled.createStatement()) {
                for (int i = 3; !ending.get(); i++) {
                  statement.execute("insert into accounts values (" + i + ")");
                }
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            });
    await(() -> count("accounts") > 100);
    long before = count("accounts");
    DATABASES.snapshot("accounts", "s");
    long after = count("accounts");
    ending.set(true);
    writer.join();
    DATABASES.restore("s", "restored", dark::get);
    assertThat(count("restored")).isBetween(before, after);
    assertThat(ask("restored", PASSWORD, "select max(id) - count(*) from accounts")).isZero();
  }

  @Test
  void aRestoredInstanceHasThePasswordOfItsSourceUntilItIsChanged() throws SQLException {
    DATABASES.snapshot("accounts", "s");
    DATABASES.setPassword("accounts", "N3w'Passw0rd");
    DATABASES.restore("s", "restored", dark::get);
    assertThat(count("restored")).isEqualTo(2);
    assertThat(count("accounts", "N3w'Passw0rd")).isEqualTo(2);
    assertThatThrownBy(() -> count("accounts", PASSWORD)).hasMessageContaining("authentication");
    DATABASES.setPassword("restored", "another");
    assertThat(count("restored", "another")).isEqualTo(2);
  }

  @Test
  void itsRowsAndItsPortOutliveAStop() throws SQLException {
    int port = DATABASES.port("accounts").orElseThrow();
    DATABASES.stop("accounts");
    assertThat(servers()).isEmpty();
    assertThatThrownBy(() -> count("accounts", PASSWORD)).hasMessageContaining("refused");
    DATABASES.start("accounts");
    assertThat(DATABASES.port("accounts")).hasValue(port);
    assertThat(count("accounts")).isEqualTo(2);
  }

  @Test
  void aRenamedInstanceKeepsItsRows() {
    DATABASES.rename("accounts", "quarantine");
    assertThat(count("quarantine")).isEqualTo(2);
  }

  @Test
  void aClosedDoorLetsOnlyRekindleInAndWhoIsConnectedStaysUntilARestart() throws SQLException {
    try (Connection pooled = connect("accounts", PASSWORD, "")) {
      DATABASES.admit("accounts", false);
      assertThat(pooled.isValid(1)).isTrue();
      assertThat(DATABASES.connections("accounts")).isEqualTo(1);
      assertThatThrownBy(() -> count("accounts", PASSWORD)).isInstanceOf(SQLException.class);
      connect("accounts", PASSWORD, "&assumeMinServerVersion=9.0&ApplicationName=rekindle").close();
      DATABASES.disconnect("accounts");
      assertThat(pooled.isValid(1)).isFalse();
    }
    DATABASES.admit("accounts", true);
    await(() -> DATABASES.connections("accounts") == 0);
    assertThat(count("accounts")).isEqualTo(2);
  }

  @Test
  void aQueryCanBeCancelledThroughTheDoor() throws SQLException {
    try (Connection connection = connect("accounts", PASSWORD, "");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
          .hasMessageContaining("canceling statement");
    }
  }

  @Test
  void theMasterIsNoSuperuserAndOwnsItsDatabase() throws SQLException {
    change("accounts", "create schema more");
    assertThat(ask("accounts", PASSWORD, "select usesuper::int from pg_user where usename = user"))
        .isZero();
    assertThatThrownBy(() -> change("accounts", "copy accounts to '/tmp/rows'"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void instancesAreServersOfTheirOwn() throws SQLException {
    create("other");
    create("third");
    assertThat(Stream.of("accounts", "other", "third").map(DATABASES::port))
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> count("other", PASSWORD)).hasMessageContaining("does not exist");
  }

  @Test
  void aDarkRegionTakesItsDatabaseAlong() {
    dark.set(true);
    assertThatThrownBy(() -> count("accounts", PASSWORD)).isInstanceOf(SQLException.class);
    dark.set(false);
    assertThat(count("accounts")).isEqualTo(2);
  }

  @Nested
  class AReplica {
    private static final String REPLAYED =
        "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint";
    private static final String WRITTEN =
        "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

    @BeforeEach
    void follows() {
      DATABASES.follow("accounts", "replica", () -> false);
    }

    private boolean hasReplayed(long written) {
      try {
        return ask("replica", PASSWORD, REPLAYED) >= written;
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Test
    void getsWhatItsSourceWritesAndTakesNoWritesItself() throws SQLException {
      change("accounts", "insert into accounts values (3)");
      await(() -> count("replica") == 3);
      long written = ask("accounts", PASSWORD, WRITTEN);
      await(() -> hasReplayed(written));
      assertThatThrownBy(() -> change("replica", "insert into accounts values (4)"))
          .hasMessageContaining("read-only transaction");
    }

    @Test
    void hasThePasswordsOfItsSource() throws SQLException {
      assertThat(count("replica", PASSWORD)).isEqualTo(2);
      DATABASES.setPassword("accounts", "another");
      await(() -> lets("replica", "another"));
    }

    private static boolean lets(String id, String password) {
      try (Connection connection = connect(id, password, "")) {
        return connection.isValid(1);
      } catch (SQLException notYet) {
        return false;
      }
    }

    @Test
    void lagsByTheAgeOfTheLastChangeThatReachedIt() throws Exception {
      await(() -> DATABASES.lag("replica").isPresent());
      Thread.sleep(1200);
      assertThat(lag()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
      change("accounts", "insert into accounts values (3)");
      await(() -> lag().compareTo(Duration.ofSeconds(1)) < 0);
      assertThat(DATABASES.lag("accounts")).isEmpty();
    }

    private static Duration lag() {
      return DATABASES.lag("replica").orElseThrow();
    }

    @Test
    void keepsWhatItHasWhileTheRegionOfItsSourceIsDark() throws Exception {
      await(() -> DATABASES.lag("replica").isPresent());
      try (Connection inside = connect("accounts", PASSWORD, "");
          Statement statement = inside.createStatement()) {
        dark.set(true);
        statement.execute("insert into accounts values (3)");
        Thread.sleep(1200);
        assertThat(count("replica")).isEqualTo(2);
        assertThat(lag()).isGreaterThan(Duration.ofSeconds(1));
      }
      dark.set(false);
      await(() -> count("replica") == 3);
    }

    @Test
    void keepsWhatItHasAfterItsSourceIsGone() throws SQLException {
      DATABASES.delete("accounts");
      assertThat(count("replica")).isEqualTo(2);
      DATABASES.promote("replica");
      change("replica", "insert into accounts values (3)");
      assertThat(count("replica")).isEqualTo(3);
      assertThat(DATABASES.lag("replica")).isEmpty();
    }

    @Test
    void isPromotedWithWhatItHasReplayedAndFollowsNoMore() throws Exception {
      change("accounts", "insert into accounts values (3)");
      await(() -> count("replica") == 3);
      DATABASES.promote("replica");
      change("replica", "insert into accounts values (10)");
      change("accounts", "insert into accounts values (4), (5)");
      Thread.sleep(500);
      assertThat(count("replica")).isEqualTo(4);
      assertThat(count("accounts")).isEqualTo(5);
    }

    @Test
    void goesOnAfterItsSourceOrItselfWasStopped() throws SQLException {
      DATABASES.stop("accounts");
      DATABASES.start("accounts");
      change("accounts", "insert into accounts values (3)");
      await(() -> count("replica") == 3);
      DATABASES.stop("replica");
      change("accounts", "insert into accounts values (4)");
      DATABASES.start("replica");
      await(() -> count("replica") == 4);
    }

    @Test
    void canHaveASnapshotAndAReplicaOfItsOwnAfterPromotion() throws SQLException {
      DATABASES.promote("replica");
      DATABASES.snapshot("replica", "s");
      DATABASES.restore("s", "restored", () -> false);
      DATABASES.follow("replica", "next", () -> false);
      change("replica", "insert into accounts values (3)");
      await(() -> count("next") == 3);
      assertThat(count("restored")).isEqualTo(2);
      List.of("next", "restored").forEach(DATABASES::delete);
    }
  }
}
