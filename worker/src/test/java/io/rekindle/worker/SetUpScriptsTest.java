package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scripts that docker-compose.yml runs, on the server that it runs, without its containers. */
@Tag("sweep")
class SetUpScriptsTest {
  @Test
  void makeAServerOnWhichTheWorkerStartsAndMayBeRunAgain() throws Exception {
    assumeTrue(
        DurableServer.lack().isEmpty(), () -> DurableServer.lack().orElse("nothing is lacking"));
    Path folder = Files.createTempDirectory("durable");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (DurableServer server = new DurableServer(folder)) {
      server.build();
      server.startDatabase();
      assertThat(server.script("schema.sh"))
          .contains("schema: temporal is ready", "schema: temporal_visibility is ready");
      server.start();
      assertThat(server.script("namespace.sh")).contains("namespace: default is ready");

      assertThat(server.script("schema.sh")).contains("schema: temporal is ready");
      assertThat(server.script("namespace.sh")).contains("namespace: default is ready");
      try (ApplicationContext worker = ServerUnderTest.context(server.port(), Map.of())) {
        worker.getBean(StartupChecks.class).pass();
        worker.getBean(TemporalWorker.class).start();
        worker.getBean(PollsHealth.class).awaitReady();
      }
    }
  }
}
