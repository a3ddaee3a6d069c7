package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A correction fits its kind, or it is refused with the place before anything is tried again. */
class CorrectionsTest {
  private static Story blocked() {
    Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("service", Script.FOR_GOOD));
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(2));
    assertThat(story.step("service").status()).isEqualTo(Status.BLOCKED);
    return story;
  }

  private static Ruling retry(Story story, Map<String, JsonNode> set) {
    return story.tell(new Decision.Retry("service", set, false, false, "wrong", "anna", null));
  }

  private static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of(
            "desired",
            IntNode.valueOf(-5),
            "expected a whole number of at least 0, found the number -5, in service.desired"),
        Arguments.of(
            "desired",
            TextNode.valueOf("three"),
            "expected a whole number of at least 0, found 'three', in service.desired"),
        Arguments.of(
            "service",
            JsonNodeFactory.instance.nullNode(),
            "expected text, found nothing, in service.service"),
        Arguments.of(
            "cluster",
            JsonNodeFactory.instance.arrayNode(),
            "expected text, found an empty list, in service.cluster"),
        Arguments.of(
            "cluster",
            TextNode.valueOf("${nonsense.x}"),
            "'${nonsense.x}' reads what is not known at this point of the run, in service.cluster"),
        Arguments.of(
            "cluster",
            TextNode.valueOf("${dns.record}"),
            "'${dns.record}' reads what is not known at this point of the run, in service.cluster"),
        Arguments.of(
            "cluster",
            TextNode.valueOf("${param.gone}"),
            "'${param.gone}' reads what is not known at this point of the run, in service.cluster"),
        Arguments.of(
            "cluster", TextNode.valueOf("${never"), "'${' is never closed, in service.cluster"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void thatDoesNotFitIsRefusedWithItsPlace(String field, JsonNode value, String sentence) {
    try (Story story = blocked()) {
      Ruling ruling = retry(story, Map.of(field, value));
      assertThat(ruling.obeyed()).isFalse();
      assertThat(ruling.sentence()).isEqualTo(sentence);
      assertThat(story.step("service").work().corrected()).isEmpty();
      assertThat(story.step("service").status()).isEqualTo(Status.BLOCKED);
    }
  }

  @Test
  void allThatDoesNotFitIsSaidAtOnce() {
    try (Story story = blocked()) {
      assertThat(
              retry(story, Map.of("desired", IntNode.valueOf(-5), "service", IntNode.valueOf(7)))
                  .sentence())
          .contains("in service.desired")
          .contains("; ")
          .contains("in service.service");
    }
  }

  @Test
  void thatFitsIsTaken() {
    try (Story story = blocked()) {
      Ruling ruling = retry(story, Map.of("cluster", TextNode.valueOf("shop-${recovery.region}")));
      assertThat(ruling.obeyed()).as(ruling.sentence()).isTrue();
    }
  }
}
