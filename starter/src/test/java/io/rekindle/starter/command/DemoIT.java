package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README promises of {@code rekindle demo}. */
class DemoIT {
  @Test
  void itRecoversThroughEveryKillAndLeavesNoProcess() {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

    CommandFixture demo = CommandFixture.run("demo").exits(ExitCode.DONE);

    assertThat(demo.out())
        .contains("kill -9: worker", "kill -9: the Temporal server is dead", "changes applied: ")
        .contains("repeated changes: 0")
        .endsWith("RECOVERED\n");
    assertThat(ProcessHandle.current().descendants().filter(each -> !before.contains(each)))
        .isEmpty();
  }
}
