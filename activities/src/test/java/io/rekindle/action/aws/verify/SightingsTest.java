package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall;
import io.rekindle.action.aws.AnyCall;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");
  private static final ActionCall LOOK = AnyCall.of("count", BEGUN);

  private final Sightings sightings = new Sightings();

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
    assertThat(sightings.saw(AnyCall.of("other", BEGUN), "2").times()).isEqualTo(1);
    assertThat(sightings.saw(AnyCall.of("count", BEGUN.plusSeconds(60)), "2").times()).isEqualTo(1);
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(2);
  }

  @Test
  void whatIsEndedBeginsAnew() {
    sightings.saw(LOOK, "2");
    sightings.end(LOOK);
    assertThat(sightings.saw(LOOK, "2").times()).isEqualTo(1);
  }
}
