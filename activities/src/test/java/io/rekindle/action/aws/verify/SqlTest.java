package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SqlTest extends VerifyContract<Verify.Sql> {
  private static final Simulator DATABASES =
      Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final String PASSWORD = "Passw0rd-'\\123";
  private static final String COUNT = "select count(*) from visits";
  private static final String URL = SimulatedMySql.url(DATABASES, PASSWORD);

  private final ActionHandler<Verify.Sql> handler = new Sql(new Sightings());

  @AfterAll
  static void stop() {
    DATABASES.close();
  }

  private static void change(String sql) throws SQLException {
    String url = URL.replace("mysql", "mariadb");
    try (Connection connection = DriverManager.getConnection(url, "admin", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void anEmptyTableAndASecret() throws SQLException {
    change("create or replace table visits (id int primary key)");
    in(HERE, SecretsManagerClient::builder)
        .createSecret(request ->
            request
                .name("orders/db")
                .secretString(
                    "{\"username\":\"admin\",\"password\":\"Passw0rd-'\\\\123\",\"port\":1}"));
  }

  @Override
  protected ActionHandler<Verify.Sql> handler() {
    return handler;
  }

  @Override
  protected String with() {
    return with(COUNT, "atLeast: 2");
  }

  private static String with(String query, String more) {
    return "{url: '%s', secret: 'orders/db', query: '%s', %s}".formatted(URL, query, more);
  }

  @Override
  protected void given() throws SQLException {
    change("replace into visits values (1), (2)");
  }

  @Override
  protected void notYet() throws SQLException {
    change("insert into visits values (1)");
  }

  @Override
  protected String[] said() {
    return new String[] {COUNT, URL, "gave 1, which is less than 2"};
  }

  private static void assertBroken(Observation seen, String... said) {
    assertThat(seen)
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> assertThat(broken.why()).contains(said).doesNotContain("Passw0rd"));
  }

  @Test
  void theNumberIsGivenOn() throws SQLException {
    given();
    assertThat(step().observe()).isEqualTo(Settled.of(new Verify.Sql.Outputs(2)));
    assertThat(step(with(COUNT, "equals: 2")).observe()).isInstanceOf(Settled.class);
    assertThat(failure(step(with(COUNT, "equals: 3"))).getOriginalMessage())
        .contains("gave 2, not 3");
  }

  @Test
  void nothingIsEverWritten() throws SQLException {
    change(
        "create or replace function leave_one() returns int begin"
            + " insert into visits values (9); return 1; end");
    assertBroken(step(with("select leave_one()", "atLeast: 1")).observe(), "READ ONLY transaction");
    assertThat(step(with(COUNT, "equals: 0")).observe()).isInstanceOf(Settled.class);
  }

  @Test
  void aNumberMustHaveStayedTheSameForTheWholeTime() throws SQLException {
    given();
    Pace fast = new Pace(0.005);
    StepDriver step = step(with(COUNT, "unchangedFor: '1m'"), fast);
    assertThat(failure(step).getOriginalMessage()).contains("has been 2 for 0s of 1m");
    long start = System.nanoTime();
    assertThat(step.look()).isEqualTo(Settled.of(new Verify.Sql.Outputs(2)));
    assertThat(System.nanoTime() - start).isGreaterThan(fast.of(Duration.ofMinutes(1)).toNanos());
  }

  @Test
  void whatIsNotOneWholeNumberIsSaidAtOnce() throws SQLException {
    given();
    assertBroken(
        step(with("select id from visits", "atLeast: 1")).observe(),
        "must return one whole number");
    assertBroken(step(with("select 1, 2", "atLeast: 1")).observe(), "must return one whole number");
    assertBroken(step(with("select 1.5", "atLeast: 1")).observe(), "must return one whole number");
    assertBroken(
        step(with("select count(*) from no_such", "atLeast: 1")).observe(),
        "no_such",
        "doesn't exist");
  }

  /** Data that AWS loads when it is first asked for takes minutes to count. */
  @Test
  void theServerGivesALookNearlyTenMinutes() {
    Settled given =
        (Settled) step(with("select floor(@@max_statement_time)", "atLeast: 1")).observe();
    assertThat(Long.parseLong(given.outputs().get("value"))).isBetween(540L, 600L);
  }

  @Test
  void aQueryThatNobodyWaitsForAnyMoreEndsOnTheServer() throws Exception {
    step(with("select sleep(300)", "atLeast: 0")).observeAndGiveUp(() -> isSleeping());
    assertThat(isSleeping()).isFalse();
  }

  private static boolean isSleeping() throws SQLException {
    String url = URL.replace("mysql", "mariadb");
    try (Connection connection = DriverManager.getConnection(url, "admin", PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet asked =
            statement.executeQuery(
                "select 1 from information_schema.processlist where info = 'select sleep(300)'")) {
      return asked.next();
    }
  }

  @Test
  void aPasswordThatIsRefusedIsNotSaid() {
    in(HERE, SecretsManagerClient::builder)
        .putSecretValue(request ->
            request
                .secretId("orders/db")
                .secretString("{\"username\":\"admin\",\"password\":\"Passw0rd-other\"}"));
    assertThat(failure(step()).getOriginalMessage())
        .contains("Access denied")
        .doesNotContain("Passw0rd");
  }

  @Test
  void aSecretWithoutALoginIsSaidAtOnce() {
    String with = with().replace("orders/db", "no/such");
    assertBroken(step(with).observe(), "the secret no/such in " + HERE + " does not exist");
    assertThat(step(with).check().ready()).isFalse();
    in(HERE, SecretsManagerClient::builder)
        .putSecretValue(request -> request.secretId("orders/db").secretString("Passw0rd"));
    assertBroken(step().observe(), "orders/db", "username and password");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsWaitedFor() {
    String with = with().replaceFirst(":\\d+/visitors", ":1/visitors");
    assertThat(failure(step(with)).getOriginalMessage()).contains("127.0.0.1:1/visitors", "failed");
  }
}
