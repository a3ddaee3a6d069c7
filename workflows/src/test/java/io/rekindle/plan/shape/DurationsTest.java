package io.rekindle.plan.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @Nested
  class Parsing {
    @ParameterizedTest
    @CsvSource({
      "0s, PT0S",
      "90s, PT90S",
      "30m, PT30M",
      "1h30m, PT1H30M",
      "7d, P7D",
      "1d2h3m4s, P1DT2H3M4S",
      "1d4s, P1DT4S",
      "60m, PT1H",
      "007s, PT7S",
      "999999d, P999999D",
    })
    void takesWhatPeopleWrite(String written, Duration meant) {
      assertThat(Durations.parse(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "30",
          "m",
          "30min",
          "30 m",
          " 30m",
          "30m ",
          "1.5h",
          "-5m",
          "+5m",
          "30M",
          "1h 30m",
          "30m1h",
          "1h1h",
          "1w",
          "PT30M",
          "1000000d",
          "٣٠m",
          "30m\n"
        })
    void refusesEverythingElse(String written) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Durations.parse(written))
          .withMessage("is not a duration such as 90s, 30m or 1h30m");
    }
  }

  @Nested
  class Formatting {
    @ParameterizedTest
    @CsvSource({
      "PT0S, 0s",
      "PT59S, 59s",
      "PT60S, 1m",
      "PT90M, 1h30m",
      "PT24H, 1d",
      "P1DT2H3M4S, 1d2h3m4s",
      "PT1H1S, 1h1s",
    })
    void isAsShortAsCanBe(Duration duration, String written) {
      assertThat(Durations.format(duration)).isEqualTo(written);
    }

    @Test
    void dropsPartsOfASecond() {
      assertThat(Durations.format(Duration.ofMillis(1_999))).isEqualTo("1s");
      assertThat(Durations.format(Duration.ofMillis(999))).isEqualTo("0s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1s", "59m", "23h59m59s", "365d", "1d1s"})
    void isReadAgainAsTheSame(String written) {
      assertThat(Durations.format(Durations.parse(written))).isEqualTo(written);
    }
  }
}
