package io.rekindle.run;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A look may take as long as its kind says, as long as it shows life. */
class LongLookTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - { id: service, uses: ecs.scaleService, with: { cluster: shop, service: web, desired: 2 } }
        - id: data
          uses: verify.sql
          with: { url: "jdbc:mysql://db/shop", secret: shop/db, query: "select count(*) from orders", atLeast: 1 }
      """;

  @Test
  void aQueryHasTenMinutesAndAnyOtherLookHalfAMinute() {
    try (Story story = Story.of(PLAN, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(1));
      List<ActivityTaskScheduledEventAttributes> asked =
          story.events().stream()
              .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
              .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
              .toList();
      assertThat(asked)
          .filteredOn(each -> each.getActivityType().getName().endsWith(".observe"))
          .as("looks, which show life")
          .allMatch(look -> look.getHeartbeatTimeout().getSeconds() == 1);
      Map<String, Duration> times =
          asked.stream()
              .collect(
                  toMap(
                      each -> each.getActivityType().getName(),
                      LongLookTest::time,
                      (one, other) -> other));
      assertThat(times)
          .containsEntry("verify.sql.observe", Duration.ofMinutes(10))
          .containsEntry("ecs.scaleService.apply", Duration.ofSeconds(30));
    }
  }

  private static Duration time(ActivityTaskScheduledEventAttributes look) {
    return Duration.ofSeconds(look.getStartToCloseTimeout().getSeconds());
  }
}
