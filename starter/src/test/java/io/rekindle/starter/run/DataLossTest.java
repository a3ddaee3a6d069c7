package io.rekindle.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.RunState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A loss is known only when every store is accounted for and restored. */
class DataLossTest {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      stores:
      %s
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: database
          uses: rds.restoreInstance
          with:
            snapshot: { latestCopyOf: shop-db }
            target: shop-db
            class: db.t3.medium
            subnetGroup: shop
            securityGroups: sg-1
            parameterGroup: shop-mysql8
      """;
  private static final String RESTORED = "  - { id: orders, step: database }";

  private static DataLoss loss(String stores, String state) {
    Plan plan = PlanReader.read(PlanReader.tree(PLAN.formatted(stores))).plan().orElseThrow();
    try {
      return DataLoss.of(
          plan,
          JsonMapper.builder()
              .findAndAddModules()
              .build()
              .readValue(
                  """
                  { "application": "shop", "run": "123abc", "phase": "SERVING",
                    "clocks": { %s "declared": "2026-01-01T12:00:00Z" }, %s }
                  """
                      .formatted(
                          state.contains("EARLY") ? "\"impact\": \"2026-01-01T11:00:00Z\"," : "",
                          state.replace("EARLY", "")),
                  RunState.class));
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static String database(String status, String outputs) {
    return """
    "steps": [ { "id": "database", "status": "%s", "outputs": { %s } } ]
    """
        .formatted(status, outputs);
  }

  private static String pinned(String status) {
    return database(status, "")
        + """
        , "pins": { "database": { "id": "a", "time": "2026-01-01T11:30:00Z" } }
        """;
  }

  @Test
  void isTheAgeOfWhatWasAgreedOn() {
    DataLoss loss = loss(RESTORED, pinned("DONE"));
    assertThat(loss.most()).contains(Duration.ofMinutes(30));
    assertThat(loss.isWithin(LIMIT)).contains(true);
    assertThat(loss.isWithin(Duration.ofMinutes(29))).contains(false);
  }

  @Test
  void isTheAgeOfWhatTheStepGaveWhereNothingWasPinned() {
    String gave = database("DONE", "\"recoveryPoint\": \"2026-01-01T10:00:00Z\"");
    assertThat(loss(RESTORED, gave).most()).contains(Duration.ofHours(2));
  }

  @Test
  void isCountedUpToTheImpactWhereItIsKnown() {
    assertThat(loss(RESTORED, "EARLY" + pinned("DONE")).most()).contains(Duration.ZERO);
  }

  @Test
  void isNotKnownBeforeTheStoreIsRestored() {
    DataLoss loss = loss(RESTORED, pinned("BLOCKED"));
    assertThat(loss.isWithin(LIMIT)).contains(false);
    assertThat(loss.gaps()).containsExactly("'orders' is not restored: step 'database' is blocked");
  }

  @Test
  void isNotKnownWhenTheStepWasSkippedOrLeftOut() {
    assertThat(loss(RESTORED, pinned("SKIPPED")).isWithin(LIMIT)).contains(false);
    assertThat(loss(RESTORED, "\"steps\": []").gaps())
        .containsExactly("'orders' is not restored: step 'database' is not in this run");
  }

  @Test
  void isWithoutBoundWhereNothingBringsAStoreBack() {
    DataLoss loss = loss(RESTORED + "\n  - { id: sessions }", pinned("DONE"));
    assertThat(loss.isWithin(LIMIT)).contains(false);
    assertThat(loss.gaps()).containsExactly("nothing brings 'sessions' back");
  }

  @Test
  void doesNotCountWhatIsAcceptedAsLost() {
    String accepted = "\n  - { id: sessions, copy: none, accepted: \"users log in again\" }";
    assertThat(loss(RESTORED + accepted, pinned("DONE")).isWithin(LIMIT)).contains(true);
  }
}
