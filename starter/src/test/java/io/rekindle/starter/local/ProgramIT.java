package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramIT {
  private static final String OR_NOT_AT_ALL =
      Runtime.version().feature() >= 25 ? "-XX:AOTMode=on" : "-Xshare:on";

  @Test
  void aWorkerStartsFromWhatItLearnedWhenItWasBuilt() throws IOException, InterruptedException {
    ProcessBuilder worker =
        new ProcessBuilder(Program.WORKER.command(List.of())).redirectErrorStream(true);
    worker.environment().put("JDK_JAVA_OPTIONS", OR_NOT_AT_ALL);
    worker.environment().put("TEMPORAL_ADDRESS", "127.0.0.1:9");
    worker.environment().put("REKINDLE_PATIENCE", "0s");
    worker.environment().put("REKINDLE_PORT", "0");
    Process process = worker.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(said).contains("No Temporal server answered at 127.0.0.1:9");
  }
}
