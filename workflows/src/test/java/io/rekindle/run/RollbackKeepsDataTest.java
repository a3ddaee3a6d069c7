package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rollback never takes away the database that users, or only the application, write to. */
class RollbackKeepsDataTest {
  private static final String STAYS =
      Plans.shopWith(
          "  - id: public\n",
          """
            - id: seen
              uses: task
              needs: [dns]
              with: { says: "Look at the site.", owner: web, expected: 5m }
            - id: public
          """);

  private static Decision abort() {
    return new Decision.Abort(true, "enough", "anna", null);
  }

  /** Until one step asks a person. */
  private static Story until(String step, String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "bert", null));
    story.pass(Duration.ofHours(4));
    assertThat(story.step(step).status()).isIn(Status.BLOCKED, Status.ASKING);
    return story;
  }

  private static Story untilDnsBlocks() {
    return until("dns", STAYS, Script.SMOOTH.failing("dns", Script.FOR_GOOD));
  }

  /** The engine changed nothing, and users are there all the same. */
  @Test
  void trafficThatSomebodyMovedByHandHasMoved() {
    try (Story story = untilDnsBlocks()) {
      story.tell(new Decision.Skip("dns", Map.of(), "moved by hand", "anna", null));
      story.pass(Duration.ofMinutes(5));
      assertThat(story.step("seen").status()).isEqualTo(Status.ASKING);
      assertThat(story.tell(abort()).sentence())
          .startsWith("traffic has moved: failback takes it home and undoes the rest; ");
      assertThat(story.undone()).isEmpty();
    }
  }

  @Test
  void trafficThatWasTriedInVainHasMoved() {
    String trying =
        STAYS.replace("uses: route53.upsert\n", "uses: route53.upsert\n    bestEffort: true\n");
    try (Story story = until("seen", trying, Script.SMOOTH.failing("dns", Script.FOR_GOOD))) {
      assertThat(story.step("dns").status()).isEqualTo(Status.GAVE_UP);
      assertThat(story.tell(abort()).sentence())
          .startsWith("traffic has moved: failback takes it home and undoes the rest; ");
    }
  }

  @Test
  void whatComputeMayHaveWrittenToLeavesItsLastState() {
    try (Story story = untilDnsBlocks()) {
      story.tell(abort());
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo(
              "aborted: enough; all changes were undone; kept: database: its last state, in a"
                  + " final snapshot");
    }
  }

  /** Other compute may have begun long before; AWS takes no snapshot of what is not there yet. */
  @Test
  void whatWasNeverThereLeavesNothing() {
    try (Story story =
        until("database", STAYS, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      assertThat(story.step("workers").status()).isEqualTo(Status.DONE);
      story.tell(abort());
      assertThat(story.failure().getOriginalMessage()).doesNotContain("kept");
    }
  }
}
