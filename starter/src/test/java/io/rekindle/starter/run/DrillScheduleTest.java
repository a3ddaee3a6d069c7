package io.rekindle.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a plan's drill is as a schedule. */
class DrillScheduleTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
      drills:
        - { name: weekly, cron: "CRON", timeZone: Europe/Berlin }
      """;

  private static DrillSchedule at(String cron) {
    Plan plan = PlanReader.read("plan.yaml", PLAN.replace("CRON", cron)).plan().orElseThrow();
    return DrillSchedule.of(plan).getFirst();
  }

  @Test
  void itsCronIsKeptForPeopleToo() {
    assertThat(at(" 0  3 * * SUN ").cron()).isEqualTo("0 3 * * SUN # 0 3 * * SUN");
  }

  @Test
  void itIsSpreadByATenthOfTheTimeBetweenTwoFiringsAndFiveMinutesAtMost() {
    assertThat(at("* * * * *").jitter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(at("*/15 * * * *").jitter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(at("0 3 * * SUN").jitter()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void itsNoteSaysWhereItIsFrom() {
    assertThat(at("0 3 * * SUN").note("anna"))
        .matches(
            "Made from the plan of shop, sha256:[0-9a-f]{12}, by anna with rekindle drill"
                + " schedule");
  }

  @Test
  void aPlanHasTheSameDigestOnceItWasSent() throws Exception {
    DrillSchedule schedule = at("0 3 * * SUN");
    String sent = schedule.request().plan().toString();
    assertThat(DrillSchedule.digest(new ObjectMapper().readTree(sent)))
        .isEqualTo(schedule.terms().plan())
        .isNotEqualTo(at("0 4 * * SUN").terms().plan());
  }
}
