package io.rekindle.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 3 * * SUN",
        "* * * * *",
        "*/5 * * * *",
        "0 0 1 1 0",
        "59 23 31 12 7",
        "0,30 8-18 * * mon-fri",
        "0 8-18/2 1,15 jan-jun,DEC *",
        "10-10 0 * * *",
        "  0   3 * *  SUN ",
      })
  void takesFiveFields(String cron) {
    assertThat(new Cron(cron)).hasToString(cron);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "0, 1",
    "@daily, 1",
    "0 3 * *, 4",
    "0 0 3 * * SUN, 6",
  })
  void countsTheFieldsItGot(String cron, int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cron(cron))
        .withMessage("has %d cron fields instead of five (minute hour day month weekday)", count);
  }

  @ParameterizedTest
  @CsvSource({
    "60 3 * * *, 60, minute, 0 to 59",
    "-1 3 * * *, -1, minute, 0 to 59",
    "0 24 * * *, 24, hour, 0 to 23",
    "0 3 0 * *, 0, day of month, 1 to 31",
    "0 3 32 * *, 32, day of month, 1 to 31",
    "0 3 * 0 *, 0, month, 1 to 12",
    "0 3 * 13 *, 13, month, 1 to 12",
    "0 3 * foo *, foo, month, 1 to 12",
    "0 3 * * 8, 8, day of week, 0 to 7",
    "0 3 * * someday, someday, day of week, 0 to 7",
    "0 3 sun * *, sun, day of month, 1 to 31",
  })
  void saysWhichFieldIsWrong(String cron, String text, String field, String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cron(cron))
        .withMessage("has '%s' as its %s (%s)", text, field, range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30-10 * * * *",
        "*/0 * * * *",
        "*-5 * * * *",
        "5- * * * *",
        "-5 * * * *",
        "1,,2 * * * *",
        ", * * * *",
        "1/ * * * *",
        "100 * * * *",
        "? * * * *",
        "5L * * * *",
        "0x1 * * * *",
        "99999999999 * * * *",
      })
  void refusesAMinuteThatNeverComes(String cron) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cron(cron))
        .withMessageEndingWith("as its minute (0 to 59)");
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * *, PT1M",
    "*/15 * * * *, PT15M",
    "'0,50 * * * *', PT10M",
    "30 * * * *, PT1H",
    "'0 6,22 * * *', PT8H",
    "0 3 * * SUN, PT24H",
    "0 5 15 1 *, PT24H",
  })
  void knowsTheShortestTimeBetweenTwoFirings(String cron, Duration gap) {
    assertThat(new Cron(cron).gap()).isEqualTo(gap);
  }

  @Test
  void writesItsFieldsWithOneSpaceBetweenThem() {
    assertThat(new Cron("  0   3 * *  SUN ").fields()).isEqualTo("0 3 * * SUN");
  }
}
