package io.rekindle.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Plans are read while people wait, and by editors at every stroke. */
class PlanReaderSpeedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @BeforeAll
  static void warmUp() {
    IntStream.range(0, 300).forEach(i -> PlanReader.read("plan", Shop.PLAN));
  }

  private static String plan(int steps, IntFunction<String> step) {
    return """
    application: shop
    regions: { primary: us-east-1, recovery: us-west-2 }
    parameters: { n: { type: integer, default: 2 } }
    failover:
      - { id: s0, uses: approval, with: { question: Go? } }
    """
        + IntStream.range(1, steps + 1).mapToObj(step).collect(joining());
  }

  private static void assertReadWithin(Duration limit, String plan, int problems) {
    assertThat(
            Stopwatch.time(
                () -> assertThat(PlanReader.read("plan", plan).problems()).hasSize(problems)))
        .isLessThan(limit);
  }

  @Test
  void readsTwoHundredSmallPlansInThreeSeconds() {
    Duration took =
        Stopwatch.time(
            () -> IntStream.range(0, 200).forEach(i -> PlanReader.read("plan", Shop.PLAN)));
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  @Nested
  class ManySteps {
    /** With the gate above them, as many as a run takes. */
    private static final int MOST = 499;

    @Test
    void thatReadEachOther() {
      String plan =
          plan(
              MOST,
              i -> {
                String service = i == 1 ? "web" : "${s%d.service}".formatted(i - 1);
                return """
                  - id: s%d
                    uses: ecs.scaleService
                    with: { cluster: shop, service: "%s", desired: 2 }
                """
                    .formatted(i, service);
              });
      assertReadWithin(SECOND, plan, 0);
    }

    @Test
    void thatNeedManyOthers() {
      String plan =
          plan(
              MOST,
              i ->
                  """
                    - id: s%d
                      needs: %s
                      uses: ecs.scaleService
                      with: { cluster: shop, service: web, desired: 2 }
                  """
                      .formatted(
                          i,
                          IntStream.range(0, i)
                              .filter(above -> above % 20 == 0)
                              .mapToObj("s%d"::formatted)
                              .toList()));
      assertReadWithin(SECOND, plan, 0);
    }

    @Test
    void thatAllMoveTraffic() {
      String plan =
          plan(
              1_000,
              """
                - id: s%d
                  uses: route53.upsert
                  with: { zone: Z1, record: shop.example.com, values: 10.0.0.1 }
              """
                  ::formatted);
      assertReadWithin(SECOND, plan, 1_000);
    }

    @Test
    void thatAllMisspellTheirKind() {
      String plan =
          plan(
              1_000,
              """
                - { id: s%d, uses: ecs.scaleServce, with: {} }
              """
                  ::formatted);
      assertReadWithin(SECOND, plan, 1_000);
    }

    @Test
    void thatAllReadAMisspeltStep() {
      String plan =
          plan(
              1_000,
              """
                - { id: s%d, uses: ecs.scaleService, with: { cluster: "${t%<d.cluster}", service: web, desired: 2 } }
              """
                  ::formatted);
      assertReadWithin(SECOND, plan, 1_000);
    }
  }

  @Test
  void readsFiftyDrillsOfTwoHundredStepsInASecond() {
    String plan =
        plan(
                200,
                """
                  - { id: s%d, uses: ecs.scaleService, with: { cluster: shop, service: "web-${run}", desired: 2 } }
                """
                    ::formatted)
            + "drills:\n"
            + IntStream.range(0, 50)
                .mapToObj("  - { name: d%d, cron: 0 3 * * *, set: { n: 3 } }\n"::formatted)
                .collect(joining());
    assertReadWithin(SECOND, plan, 0);
  }

  @Test
  void readsFiftyThousandKeysInThreeSeconds() {
    String keys = IntStream.range(0, 50_000).mapToObj("key%d: 1\n"::formatted).collect(joining());
    assertReadWithin(Duration.ofSeconds(3), keys, 1_000);
  }
}
