package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.ActionKey;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static Ownership of(
      String application, String run, String step, int generation, boolean drill, boolean adopt) {
    return new Ownership(
        AnyCall.of(new ActionKey(application, run, step, generation), drill, adopt));
  }

  private static final Ownership OURS = of("shop", "a1b2c3", "database", 1, false, false);
  private static final Ownership ADOPTING = of("shop", "a1b2c3", "database", 1, false, true);

  private static Map<String, String> left(
      String application, String run, String step, int generation, boolean drill) {
    return of(application, run, step, generation, drill, false).tags();
  }

  @Test
  void oursIsWhatThisStepOfThisRunMade() {
    assertThat(OURS.owns(OURS.tags())).isTrue();
    assertThat(OURS.owns(left("bank", "a1b2c3", "database", 1, false))).isFalse();
    assertThat(OURS.owns(left("shop", "0dd0dd", "database", 1, false))).isFalse();
    assertThat(OURS.owns(left("shop", "a1b2c3", "cache", 1, false))).isFalse();
    assertThat(OURS.owns(left("shop", "a1b2c3", "database", 2, false))).isFalse();
    assertThat(OURS.owns(left("shop", "a1b2c3", "database", 1, true))).isFalse();
    assertThat(OURS.owns(Map.of())).isFalse();
  }

  @Test
  void adoptingTakesOverWhatTheSameStepLeftInAnyRun() {
    assertThat(ADOPTING.owns(left("shop", "0dd0dd", "database", 2, false))).isTrue();
    assertThat(ADOPTING.owns(left("bank", "0dd0dd", "database", 1, false))).isFalse();
    assertThat(ADOPTING.owns(left("shop", "0dd0dd", "cache", 1, false))).isFalse();
    assertThat(ADOPTING.owns(left("shop", "0dd0dd", "database", 1, true))).isFalse();
    assertThat(ADOPTING.owns(Map.of())).isFalse();
  }

  @Test
  void whatADrillMadeSaysWhenNobodyNeedsItAnyMoreAndIsItsOwnAtEveryLook() {
    ActionKey key = new ActionKey("shop", "a1b2c3", "database", 1);
    Instant made = Instant.parse("2026-01-01T03:00:00.5Z");
    Map<String, String> tags = new Ownership(AnyCall.of(key, true, false, made)).tags();
    assertThat(tags).containsEntry("rekindle:expires", "2026-01-03T03:00:00Z");
    Instant later = made.plusSeconds(3600);
    assertThat(new Ownership(AnyCall.of(key, true, false, later)).owns(tags)).isTrue();
    assertThat(OURS.tags()).doesNotContainKey("rekindle:expires");
  }

  @Test
  void saysWhoseItIs() {
    assertThat(Ownership.ownerOf(left("shop", "0dd0dd", "cache", 2, true)))
        .isEqualTo(
            "step 'cache' of run 0dd0dd of application 'shop' made it, in generation 2, for a"
                + " drill");
    assertThat(Ownership.ownerOf(Map.of("Name", "orders")))
        .isEqualTo("it has no Rekindle tags: somebody else made it");
  }
}
