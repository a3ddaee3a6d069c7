package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole story, when nothing goes wrong. */
class FailoverTest {
  private static final Decision.Approve YES = new Decision.Approve(null, false, "go", "anna", null);

  @Test
  void recoversAfterTheApproval() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(2));
      assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
      assertThat(story.cloud().log()).isEmpty();

      story.tell(YES);
      story.pass(Duration.ofHours(3));

      assertThat(story.status().outcome()).as("%s", story.status()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.changes())
          .containsSubsequence(
              "fence", "database", "credentials", "credentials", "credentials", "service", "dns")
          .containsOnlyOnce("workers")
          .hasSize(8);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }
}
