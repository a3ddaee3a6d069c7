package io.rekindle.starter.command;

import static io.rekindle.starter.CommandFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Kinds;
import io.rekindle.starter.ExitCode;
import org.junit.jupiter.api.Test;

class KindsCommandTest {
  @Test
  void listsEveryKind() {
    String listed = run("kinds").exits(ExitCode.DONE).out();

    Kinds.names().forEach(name -> assertThat(listed).contains(name));
  }

  @Test
  void showsAllThereIsToKnowAboutOne() {
    assertThat(run("kinds", "route53.upsert").exits(ExitCode.DONE).out())
        .contains("Fields", "Outputs", "Changes, in this order", "Permissions", "Example")
        .contains("route53:ChangeResourceRecordSets");
  }

  @Test
  void listsTheKindsOfAService() {
    assertThat(run("kinds", "verify").exits(ExitCode.DONE).out())
        .contains("verify.sql", "verify.http")
        .doesNotContain("rds.");
  }

  @Test
  void namesTheNearestKind() {
    assertThat(run("kinds", "rds.restorInstance").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "There is no kind 'rds.restorInstance'. Did you mean 'rds.restoreInstance'?"
                + " 'rekindle kinds' lists them all.\n");
  }

  @Test
  void tellsScriptsTheFacts() {
    assertThat(run("kinds", "--output", "json").exits(ExitCode.DONE).json())
        .hasSize(Kinds.all().size())
        .allSatisfy(kind -> assertThat(kind.path("fields").size()).isPositive());
  }
}
