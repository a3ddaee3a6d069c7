package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server that docker-compose.yml runs, made by the scripts that it runs, without its
 * containers: what was recovered half goes on after any of it has died.
 */
@Tag("sweep")
class PostgresIT {
  @TempDir private static Path state;
  private static PostgresTemporal temporal;
  private static RealServers servers;

  @BeforeAll
  static void setUp() throws IOException {
    temporal = new PostgresTemporal(everybodysFolder());
    temporal.build();
    temporal.startDatabase();
    assertThat(temporal.script("schema.sh"))
        .contains("schema: temporal is ready", "schema: temporal_visibility is ready");
    temporal.start();
    assertThat(temporal.script("namespace.sh")).contains("namespace: default is ready");
    servers = new RealServers(state, temporal);
  }

  private static Path everybodysFolder() throws IOException {
    return Files.setPosixFilePermissions(
        Files.createTempDirectory("durable"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Also where the machine lacked something. */
  @AfterAll
  static void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  @Test
  void theSetUpMayBeRunAgain() {
    assertThat(temporal.script("schema.sh")).contains("schema: temporal is ready");
    assertThat(temporal.script("namespace.sh")).contains("namespace: default is ready");
  }

  @Test
  void theServerMayDieOnTheWay() {
    recoversThough(() -> {
      temporal.kill();
      temporal.startAgain();
    });
  }

  @Test
  void theDatabaseOfTheServerMayDieOnTheWay() {
    recoversThough(temporal::restartDatabase);
  }

  /** Whatever made it end: what runs it starts it again. */
  @Test
  void theServerMayEndByItselfOnTheWay() {
    recoversThough(temporal::endByItself);
  }

  @Test
  void aRunOfTwoHundredStepsThatAllBlockIsSeenAnsweredAndAborted() throws Exception {
    WideRun.isSeenAnsweredAndAbortedOn(servers);
  }

  private static void recoversThough(Runnable misfortune) {
    try (RealRun run = new RealRun(servers)) {
      run.start().approve(false);
      run.await("the restore is under way", state -> run.hasChanged("database"));
      misfortune.run();
      assertThat(run.recovered().steps())
          .extracting(StepState::status)
          .containsOnly(StepState.Status.DONE);
      assertThat(run.changes().values()).as("%s", run.changes()).containsOnly(1L);
    }
  }
}
