package io.rekindle.plan.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> FIELDS = List.of("expires", "approvers", "quorum", "question");

  @Test
  void findsAWordWithALetterLost() {
    assertThat(Nearest.to("expire", FIELDS)).contains("expires");
  }

  @Test
  void findsAWordWithALetterTooMany() {
    assertThat(Nearest.to("quorrum", FIELDS)).contains("quorum");
  }

  @Test
  void findsAWordWithAnotherLetter() {
    assertThat(Nearest.to("qvorum", FIELDS)).contains("quorum");
  }

  @Test
  void countsSwappedNeighboursAsOneMistake() {
    assertThat(Nearest.to("stpe", List.of("step"))).contains("step");
    assertThat(Nearest.to("spxe", List.of("step"))).isEmpty();
  }

  @Test
  void givesNoHeedToCase() {
    assertThat(Nearest.to("QUORUM", FIELDS)).contains("quorum");
    assertThat(Nearest.to("timezone", List.of("timeZone"))).contains("timeZone");
  }

  @Test
  void allowsMoreMistakesInALongerWord() {
    assertThat(Nearest.to("db.restorInstanc", List.of("db.restoreInstance")))
        .contains("db.restoreInstance");
    assertThat(Nearest.to("aprvrs", List.of("approvers"))).isEmpty();
  }

  @Test
  void allowsThreeMistakesAtMost() {
    assertThat(Nearest.to("restoreInstancexyz", List.of("restoreInstance"))).isPresent();
    assertThat(Nearest.to("restoreInstancevxyz", List.of("restoreInstance"))).isEmpty();
  }

  @Test
  void prefersTheWordWithFewerMistakes() {
    assertThat(Nearest.to("database", List.of("databaze2", "databases", "databank")))
        .contains("databases");
  }

  @Test
  void prefersTheFirstInTheAlphabetWhenTwoAreEquallyNear() {
    assertThat(Nearest.to("step3", List.of("step2", "step1"))).contains("step1");
    assertThat(Nearest.to("step3", List.of("step1", "step2"))).contains("step1");
  }

  @Test
  void takesOneLetterForNoOther() {
    assertThat(Nearest.to("a", List.of("b"))).isEmpty();
    assertThat(Nearest.to("i", List.of("id"))).contains("id");
    assertThat(Nearest.to("A", List.of("a"))).contains("a");
  }

  @Test
  void findsAKindByItsVerbAlone() {
    List<String> kinds = List.of("db.restoreInstance", "db.snapshot");
    assertThat(Nearest.to("restoreInstance", kinds)).contains("db.restoreInstance");
    assertThat(Nearest.to("aws.restoreinstance", kinds)).contains("db.restoreInstance");
  }

  @Test
  void findsNothingWhereNothingIsNear() {
    assertThat(Nearest.to("frobnicate", FIELDS)).isEmpty();
  }

  @Test
  void findsNothingAmongNothing() {
    assertThat(Nearest.to("quorum", List.of())).isEmpty();
    assertThat(Nearest.to("", FIELDS)).isEmpty();
  }

  @Test
  void looksAtNoWordLongerThanAnyoneWrites() {
    String word = "x".repeat(100);
    assertThat(Nearest.to(word, List.of(word + "y"))).isEmpty();
  }
}
