package io.rekindle.action.aws.verify;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL. */
class CanaryOnPostgresTest extends CanaryContract {
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
}
