package io.rekindle.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.plan.step.Action;
import io.rekindle.plan.value.Arn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Arn ARN = new Arn("arn:aws:rds:us-west-2:123456789012:db:orders");
  private static final Instant TIME = Instant.parse("2026-01-31T22:00:00Z");

  record Limits(int min, int max) {}

  enum Mood {
    QUITE_CALM
  }

  record Everything(
      String name,
      Arn arn,
      int port,
      long epoch,
      boolean on,
      Mood mood,
      List<String> groups,
      @Nullable Instant time,
      @Nullable Limits limits) {}

  private static final Everything ALL =
      new Everything(
          "orders", ARN, 5432, 7, true, Mood.QUITE_CALM, List.of("a", "b"), TIME, new Limits(1, 4));
  private static final Everything LITTLE =
      new Everything("", ARN, 0, 0, false, Mood.QUITE_CALM, List.of(), null, null);

  private enum Change implements Action.Change {
    TURN_KEY,
    OPEN
  }

  @Test
  void nameEachComponentAndFlattenGroups() {
    assertThat(Texts.of(ALL))
        .containsExactly(
            Map.entry("name", "orders"),
            Map.entry("arn", ARN.value()),
            Map.entry("port", "5432"),
            Map.entry("epoch", "7"),
            Map.entry("on", "true"),
            Map.entry("mood", "quiteCalm"),
            Map.entry("groups", "a,b"),
            Map.entry("time", "2026-01-31T22:00:00Z"),
            Map.entry("min", "1"),
            Map.entry("max", "4"));
  }

  @Test
  void leaveOutWhatIsAbsent() {
    assertThat(Texts.of(LITTLE)).doesNotContainKeys("time", "min", "max");
  }

  @Test
  void readBackAsWhatTheyWere() {
    assertThat(Texts.read(Texts.of(ALL), Everything.class)).isEqualTo(ALL);
    assertThat(Texts.read(Texts.of(LITTLE), Everything.class)).isEqualTo(LITTLE);
  }

  /** Histories of an older version hold fewer names, those of a newer one more. */
  @Nested
  class OfAnotherVersion {
    @Test
    void readAsEmptyOrZeroWhereTheyAreMissing() {
      assertThat(
              Texts.read(
                  Map.of("arn", ARN.value(), "mood", "quiteCalm", "later", "1"), Everything.class))
          .isEqualTo(LITTLE);
    }

    @Test
    void areNotInventedWhereNothingIsEmpty() {
      assertThatThrownBy(() -> Texts.read(Map.of(), Everything.class))
          .hasMessageContaining("is not an ARN");
    }
  }

  @Nested
  class AChange {
    @Test
    void isCalledByTheWordThatHistoriesHold() {
      assertThat(Observation.Due.of(Change.TURN_KEY))
          .isEqualTo(new Observation.Due("turnKey", Map.of()));
    }

    @Test
    void isToldFromOthers() {
      Observation.Due due = Observation.Due.of(Change.TURN_KEY, new Limits(1, 4));
      assertThat(due.is(Change.TURN_KEY)).isTrue();
      assertThat(due.is(Change.OPEN)).isFalse();
      assertThat(due.before(Limits.class)).isEqualTo(new Limits(1, 4));
    }
  }
}
