package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On PostgreSQL. */
class WriteCanaryOnPostgresTest extends WriteCanaryContract {
  private PostgresServer server;

  @BeforeAll
  void start() throws IOException {
    server = PostgresServer.start();
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  CanaryServer server() {
    return CanaryServer.of("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()));
  }

  @Test
  void whoMayNotInsertIsTold() {
    given();
    server()
        .on(
            "drop role if exists reader",
            "create role reader login",
            "grant select on rekindle_canary to reader");
    secret("orders/reader", "reader");
    ApplicationFailure refused = refused(step(with(seen().url(), "orders/reader")));
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("permission denied", "the user of the secret orders/reader needs select")
        .doesNotContain(CanaryServer.PASSWORD);
  }

  @Test
  void aReplicaIsNotWritten() {
    given();
    String replica = seen().url() + "?options=-c%20default_transaction_read_only=on";
    ApplicationFailure refused = refused(step(with(replica, "orders/db")));
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("read-only transaction", "a replica cannot be written");
  }

  /** The driver tells the server in which zone its worker lives. */
  @Test
  void aWorkerInAnotherZoneWritesTheSameTime() {
    given();
    TimeZone home = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try {
      assertWrittenNow(step().settled());
    } finally {
      TimeZone.setDefault(home);
    }
  }

  @Test
  void aTimeWithItsZoneIsTheSameTime() {
    given();
    server()
        .on(
            "alter table rekindle_canary alter column written type timestamptz",
            "insert into rekindle_canary values ('shop/a1b2c3/it/g1', '2026-03-29 07:15+05:45')");
    assertThat(step().settled().outputs()).containsEntry("written", "2026-03-29T01:30:00Z");
  }
}
