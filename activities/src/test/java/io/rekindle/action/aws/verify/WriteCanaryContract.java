package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.proof.VerifyCanary;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The laws of writing a row of our own, on the servers of one engine. */
abstract class WriteCanaryContract extends ActionContract<VerifyCanary.WriteCanary> {
  private static final String TOKEN = "shop/a1b2c3/it/g1";

  private final ActionHandler<VerifyCanary.WriteCanary> handler = new WriteCanary();
  private final LossyWire wire = LossyWire.to(() -> server().port());

  abstract CanaryServer server();

  @AfterAll
  void cutTheWire() {
    wire.close();
  }

  @Override
  protected ActionHandler<VerifyCanary.WriteCanary> handler() {
    return handler;
  }

  /** Where the step finds the server. */
  final CanaryServer seen() {
    return server().through(wire.port());
  }

  @Override
  protected String with() {
    return with(seen().url(), "orders/db");
  }

  final String with(String url, String secret) {
    return "{url: '%s', secret: '%s'}".formatted(url, secret);
  }

  @Override
  protected void world() {
    server().empty();
    secret("orders/db", "admin");
  }

  final void secret(String name, String user) {
    in(HERE, SecretsManagerClient::builder)
        .createSecret(request ->
            request
                .name(name)
                .secretString(
                    "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(user, CanaryServer.PASSWORD)));
  }

  @Override
  protected List<String> changes() {
    return server().rows();
  }

  /** Of what makes the row stay. */
  @Override
  protected void loseAnswers(Due due) {
    wire.loseAnswersTo("commit");
  }

  @Override
  protected void mend() {
    wire.mend();
  }

  @Test
  void whoLooksForItGetsItsTokenAndTheTimeOfTheDatabase() {
    given();
    Settled settled = step().settled();
    assertThat(settled.outputs()).containsEntry("token", TOKEN);
    assertWrittenNow(settled);
  }

  static final void assertWrittenNow(Settled settled) {
    Instant written = Instant.parse(settled.outputs().getOrDefault("written", ""));
    assertThat(Duration.between(written, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void everyGenerationOfEveryRunHasARowOfItsOwnAndTouchesNoOther() {
    given();
    server().on("insert into rekindle_canary values ('shop/000000/it/g1', '2026-01-31 22:00:00')");
    step().settled();
    List<String> first = server().rows();
    step().generation(2).settled();
    step().run("d4e5f6").settled();
    assertThat(server().rows()).hasSize(4).containsAll(first);
  }

  @Test
  void undoLeavesItAndSaysSo() {
    given();
    StepDriver step = step();
    step.settled();
    List<String> written = server().rows();
    assertThat((String) step.undo())
        .isEqualTo(
            "the row '%s' of table rekindle_canary of %s, which harms nobody"
                .formatted(TOKEN, seen().url()));
    assertThat(server().rows()).isEqualTo(written).hasSize(1);
  }

  @Test
  void anAttemptThatCameBetweenLookAndInsertIsNoFailure() throws Exception {
    given();
    StepDriver step = step();
    Due due = step.due();
    try (Connection other = server().open();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("insert into rekindle_canary values ('%s', now())".formatted(TOKEN));
      CompletableFuture<Void> late = CompletableFuture.runAsync(() -> step.apply(due));
      assertThatThrownBy(() -> late.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      other.commit();
      late.get();
    }
    assertThat(server().rows()).hasSize(1);
    assertThat(step.look()).isInstanceOf(Settled.class);
  }

  @Test
  void whatIsMissingIsSaidWithWhatMakesIt() {
    given();
    server().on("drop table rekindle_canary");
    assertBroken("rekindle_canary", seen().url(), CanaryServer.CREATE, "the secret orders/db");
    server().on("create table rekindle_canary (id int)");
    assertBroken("token", CanaryServer.CREATE);
    server().on("drop table rekindle_canary", CanaryServer.CREATE);
    assertThat(step().observe()).isInstanceOf(Due.class);
  }

  @Test
  void aMissingTableIsKnownBeforeTheGate() {
    given();
    server().on("drop table rekindle_canary");
    Readiness readiness = step().check();
    assertThat(readiness.ready()).isFalse();
    assertThat(readiness.evidence())
        .startsWith("reading the row '%s' of table".formatted(TOKEN))
        .contains(seen().url(), CanaryServer.CREATE);
  }

  @Test
  void aDatabaseThatIsNotThereYetIsNoReasonToStop() {
    given();
    StepDriver nowhere = step(with(server().through(1).url(), "orders/db"));
    assertThat(nowhere.check().ready()).isTrue();
  }

  private void assertBroken(String... says) {
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .startsWith("reading the row '%s' of table".formatted(TOKEN))
                    .contains(says)
                    .doesNotContain(CanaryServer.PASSWORD));
  }

  @Test
  void whatTheTableDoesNotTakeIsForAPerson() {
    given();
    server()
        .on(
            "drop table rekindle_canary",
            "create table rekindle_canary (token varchar(5) primary key, written timestamp not"
                + " null)");
    ApplicationFailure refused = refused(step());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("writing the row '%s' of table".formatted(TOKEN), "too long", CanaryServer.CREATE)
        .doesNotContain(CanaryServer.PASSWORD);
  }

  final ApplicationFailure refused(StepDriver step) {
    return Objects.requireNonNull(
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(step.due())));
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsAskedAgain() {
    given();
    Due due = step().due();
    StepDriver nowhere = step(with(server().through(1).url(), "orders/db"));
    ApplicationFailure unread =
        catchThrowableOfType(ApplicationFailure.class, () -> nowhere.observe());
    assertThat(unread.getType()).isEqualTo(Failures.IN_PROGRESS);
    ApplicationFailure unwritten =
        catchThrowableOfType(ApplicationFailure.class, () -> nowhere.apply(due));
    assertThat(unwritten.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(unwritten.isNonRetryable()).isFalse();
    assertThat(unwritten.getOriginalMessage()).contains(kind().name(), "127.0.0.1:1/", "retries");
  }

  @Test
  void aSecretWithoutALoginIsSaid() {
    given();
    Due due = step().due();
    StepDriver step = step(with(seen().url(), "no/such"));
    assertThat(step.observe()).isInstanceOf(Broken.class);
    assertThat(step.check().ready()).isFalse();
    assertThat(catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due)))
        .hasMessageContaining("the secret no/such in " + HERE + " does not exist");
  }
}
