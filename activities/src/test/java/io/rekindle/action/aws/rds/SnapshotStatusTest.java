package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotStatusTest {
  @ParameterizedTest
  @CsvSource({
    "available, true, false",
    "creating, false, false",
    "copying, false, false",
    "deleting, false, true",
    "failed, false, true",
    "incompatible-parameters, false, true",
    "incompatible-restore, false, true"
  })
  void isGoodOrInProgressOrBad(String word, boolean usable, boolean bad) {
    assertThat(new SnapshotStatus(word).isUsable()).isEqualTo(usable);
    assertThat(new SnapshotStatus(word).isBad()).isEqualTo(bad);
    assertThat(new SnapshotStatus(word).says()).isEqualTo("is '" + word + "'");
  }

  @Test
  void isWaitedForAndSaidWhenItIsNew() {
    assertThat(new SnapshotStatus("archiving").isBad()).isFalse();
    assertThat(new SnapshotStatus("archiving").says())
        .isEqualTo("is 'archiving', which Rekindle does not know, and waits for");
  }
}
