package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static String of(String example) {
    Path plan = Path.of("../examples", example + ".yaml");
    return String.join("\n", new Trial(PlanFile.read(plan), plan, "").commands(7));
  }

  @Test
  void anApplicationIsRecoveredByWhatIsTyped() {
    assertThat(of("visitor-counter"))
        .isEqualTo(
            """
            rekindle failover ../examples/visitor-counter.yaml --reason "trying it" --yes
            rekindle approve visitor-counter --by incident-commander --comment "go"
            rekindle done visitor-counter team --by incident-commander --reason "it is"
            kill -9 7    # while the database is being restored
            rekindle watch visitor-counter\
            """);
  }

  @Test
  void everybodySaysYesWhomAGateNeedsAndATaskGetsItsProof() {
    assertThat(of("pilot-light-service"))
        .isEqualTo(
            """
            rekindle failover ../examples/pilot-light-service.yaml --reason "trying it" --yes
            rekindle approve pilot-light-service --by incident-commander --comment "go"
            rekindle approve pilot-light-service --by accounts-lead --comment "go"
            rekindle done pilot-light-service freeze-changes --by incident-commander --proof "I saw it" --reason "it is"
            kill -9 7    # while the database is being restored
            rekindle watch pilot-light-service\
            """);
  }
}
