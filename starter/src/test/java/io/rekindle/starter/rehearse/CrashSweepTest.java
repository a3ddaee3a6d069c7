package io.rekindle.starter.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.starter.run.Account.Ending;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever the worker dies, the next one goes on, and nothing is done twice. */
class CrashSweepTest {
  private static Stream<Arguments> everyStepOfEveryExample() {
    return Examples.ALL.stream()
        .flatMap(example ->
            Examples.steps(Examples.plan(example)).stream()
                .map(step -> Arguments.of(example, step.id())));
  }

  @ParameterizedTest
  @MethodSource("everyStepOfEveryExample")
  void recoversAfterACrashAt(String example, String step) throws InterruptedException {
    Rehearsed rehearsed = Examples.play(Examples.plan(example), 1, step);

    assertThat(rehearsed.account().ending())
        .as(rehearsed.account().why())
        .isEqualTo(Ending.RECOVERED);
    assertThat(rehearsed.crashed()).isTrue();
    assertThat(rehearsed.repeated()).isZero();
  }

  @Test
  void recoversAfterACrashWhileItOnlyWaits() throws InterruptedException {
    Plan plan =
        PlanReader.read(
                "waiting.yaml",
                """
                application: waiting
                regions: { primary: us-east-2, recovery: us-west-2 }
                failover:
                  - id: approve
                    uses: approval
                    with: { question: "Fail over?" }
                  - id: settle
                    uses: wait
                    with: { for: 10m }
                  - id: service
                    uses: ecs.scaleService
                    with: { cluster: web, service: web, desired: 2 }
                """)
            .plan()
            .orElseThrow();

    Rehearsed rehearsed = Examples.play(plan, 1, "settle");

    assertThat(rehearsed.account().ending())
        .as(rehearsed.account().why())
        .isEqualTo(Ending.RECOVERED);
    assertThat(rehearsed.crashed()).isTrue();
    assertThat(rehearsed.account().lasted())
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(20));
  }
}
