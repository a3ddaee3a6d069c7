package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people tried is history, also where it could not be understood. */
class EverySignalLeavesARulingTest {
  private static Story asking() {
    Story story = Story.of(Plans.SHOP, Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    return story;
  }

  private static Stream<String> verbs() {
    return Arrays.stream(Decision.class.getPermittedSubclasses())
        .flatMap(about -> Arrays.stream(about.getPermittedSubclasses()))
        .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static Ruling ruled(Story story, String verb, @Nullable Object... payload) {
    int before = story.rulings().size();
    story.signal(verb, payload);
    story.pass(Duration.ofSeconds(1));
    assertThat(story.rulings()).as("%s %s", verb, Arrays.toString(payload)).hasSize(before + 1);
    assertThat(story.lastRuling().sentence()).isNotBlank();
    return story.lastRuling();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whateverItSays(String verb) {
    List<@Nullable Object> payloads =
        Arrays.asList(
            NullNode.getInstance(),
            "nonsense",
            42,
            List.of(1, 2),
            Map.of("step", Map.of(), "gate", List.of()),
            Map.of("set", "x", "outputs", 7, "step", "database", "reason", Map.of()),
            new byte[] {1, 2, 3});
    try (Story story = asking()) {
      for (Object payload : payloads) {
        Ruling ruling = ruled(story, verb, payload);
        assertThat(ruling.verb()).isEqualTo(verb);
        if (ruling.obeyed()) {
          return;
        }
      }
      Ruling empty = ruled(story, verb);
      assertThat(empty.verb()).isEqualTo(verb);
    }
  }

  @Test
  void alsoWithANullInIt() {
    try (Story story = asking()) {
      Map<String, @Nullable Object> outputs = Collections.singletonMap("instance", null);
      assertThat(ruled(story, "skip", Map.of("step", "database", "outputs", outputs)).sentence())
          .isEqualTo("step 'database' is pending, not blocked");
      Map<String, @Nullable Object> nobody = Collections.singletonMap("by", null);
      assertThat(ruled(story, "approve", nobody).obeyed()).isFalse();
      Map<String, @Nullable Object> unfenced = Collections.singletonMap("acceptUnfenced", null);
      assertThat(ruled(story, "approve", unfenced).obeyed()).isFalse();
    }
  }

  @Test
  void alsoWithAVerbThatNobodyKnows() {
    try (Story story = asking()) {
      assertThat(ruled(story, "aprove", Map.of("by", "anna")).sentence())
          .isEqualTo("there is no verb 'aprove'; did you mean 'approve'?");
    }
  }

  /** Who writes "rolback" wants a rollback, not an end without one. */
  @Test
  void aFieldThatNobodyKnowsIsNotPassedOver() {
    try (Story story = asking()) {
      assertThat(ruled(story, "abort", Map.of("rolback", true)).sentence())
          .isEqualTo(
              "the message of 'abort' cannot be read: there is no field 'rolback'; did you mean"
                  + " 'rollback'?");
      assertThat(story.status().outcome()).isNull();
    }
  }

  @Test
  void whatWasUnreadableIsNamed() {
    try (Story story = asking()) {
      assertThat(ruled(story, "retry", "nonsense").sentence())
          .startsWith("the message of 'retry' cannot be read: ")
          .hasSizeLessThan(400);
    }
  }

  @Test
  void andWhatItSaidIsKeptAtABearableLength() {
    try (Story story = asking()) {
      String long1 = "x".repeat(200_000);
      for (int i = 0; i < 20; i++) {
        ruled(story, "retry", Map.of("step", long1, "by", long1, "run", long1));
      }
      assertThat(story.lastRuling().sentence().length()).isLessThan(2_000);
      assertThat(String.valueOf(story.lastRuling().by()).length()).isLessThan(1_000);
    }
  }
}
