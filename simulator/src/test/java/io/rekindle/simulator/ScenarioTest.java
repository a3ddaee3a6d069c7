package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.fault.Faults;
import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Protocol;
import io.rekindle.simulator.wire.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fault of a scenario hits, and until when. */
class ScenarioTest {
  private static final String STILL_GOING_ON = "PT1H";
  private static final String OVER = "PT-1S";

  @ParameterizedTest
  @EnumSource(Scenario.Effect.class)
  void everyFaultLastsAsLongAsItIsTold(Scenario.Effect effect) {
    assertThat(hits(begun(effect, "'lasting': '%s'".formatted(STILL_GOING_ON)), "rds")).isTrue();
    assertThat(hits(begun(effect, "'lasting': '%s'".formatted(OVER)), "rds")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Scenario.Effect.class)
  void everyFaultHitsAsManyCallsAsItIsTold(Scenario.Effect effect) {
    Faults faults = begun(effect, "'times': 1");
    assertThat(hits(faults, "rds")).isTrue();
    assertThat(hits(faults, "rds")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Scenario.Effect.class)
  void everyFaultSparesTheOtherServices(Scenario.Effect effect) {
    Faults faults = begun(effect, "'service': 'rds'");
    assertThat(hits(faults, "sns")).isFalse();
    assertThat(hits(faults, "rds")).isTrue();
  }

  @Test
  void aDarkRegionIsSilentOnlyUntilItsTimeIsOver() {
    assertThat(begun("DARK", STILL_GOING_ON).silences("us-east-2")).isTrue();
    assertThat(begun("DARK", STILL_GOING_ON).silences("us-west-2")).isFalse();
    assertThat(begun("DARK", OVER).silences("us-east-2")).isFalse();
  }

  private static Faults begun(String effect, String lasting) {
    return begun(Scenario.Effect.valueOf(effect), "'lasting': '%s'".formatted(lasting));
  }

  private static Faults begun(Scenario.Effect effect, String more) {
    Faults faults = new Faults();
    String text =
        "{'faults': [{'effect': '%s', 'region': 'us-east-2', %s}]}".formatted(effect, more);
    Scenario.read(text.replace('\'', '"')).begin(faults);
    return faults;
  }

  private static boolean hits(Faults faults, String service) {
    return faults
        .striking(
            new Request(
                "POST",
                "/",
                "",
                Map.of(),
                new byte[0],
                Protocol.QUERY,
                service,
                "us-east-2",
                "Describe",
                new Caller("200000000001", "200000000001", "", "", "", "")))
        .isPresent();
  }
}
