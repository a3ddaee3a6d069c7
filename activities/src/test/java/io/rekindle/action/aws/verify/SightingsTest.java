package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.ActionKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");
  private static final ActionCall LOOK = look("count", BEGUN);

  private final Sightings sightings = new Sightings();

  @SuppressWarnings("NullAway") // It takes no notice of @Nullable inside a qualified type name.
  private static ActionCall look(String step, Instant begun) {
    return new ActionCall(
        "any",
        JsonNodeFactory.instance.objectNode(),
        new ActionKey("shop", "a1b2c3", step, 1),
        false,
        "us-west-2",
        null,
        Point.NEWEST,
        false,
        null,
        null,
        List.of(),
        List.of(),
        begun);
  }

  @Test
  void theSameAgainGoesOnWithTheRow() {
    Instant first = sightings.saw(LOOK, "2").since();
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(2);
    assertThat(sightings.saw(LOOK, "2").since()).isEqualTo(first);
  }

  @Test
  void somethingElseBeginsAnewEvenIfItComesBack() {
    sightings.saw(LOOK, "2");
    assertThat(sightings.saw(LOOK, "3").times()).isEqualTo(1);
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(1);
  }

  @Test
  void everyLookOfEveryStepHasItsOwnRow() {
    sightings.saw(LOOK, "2");
    assertThat(sightings.saw(look("other", BEGUN), "2").times()).isEqualTo(1);
    assertThat(sightings.saw(look("count", BEGUN.plusSeconds(60)), "2").times()).isEqualTo(1);
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(2);
  }

  @Test
  void whatIsEndedBeginsAnew() {
    sightings.saw(LOOK, "2");
    sightings.end(LOOK);
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(1);
  }
}
