package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
  @Test
  void whatFitsStaysAsItIs() {
    assertThat(Limit.KEYWORD.cut("database")).isEqualTo("database");
    assertThat(Limit.KEYWORD.cut("x".repeat(255))).isEqualTo("x".repeat(255));
    assertThat(Limit.KEYWORD.cut("")).isEmpty();
  }

  @Test
  void whatIsCutSaysSo() {
    assertThat(Limit.SENTENCE.cut("x".repeat(5_000)))
        .startsWith("xxx")
        .endsWith("x … (5,000 characters in all)")
        .hasSizeBetween(1_990, 2_000);
    assertThat(Limit.SUMMARY.cut("database: " + "x".repeat(500)))
        .startsWith("database: x")
        .endsWith("x…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "再", "😀", "\"", "\\", "\n", "\u0001"})
  void bytesCountAsTheyTravelInJson(String one) throws Exception {
    for (Limit limit : Limit.values()) {
      String cut = limit.cut(one.repeat(300_000));
      byte[] json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsBytes(cut);
      assertThat(json.length - 2).as("%s of %s", limit, one).isLessThanOrEqualTo(most(limit));
      assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .as("no character is split")
          .isEqualTo(cut);
    }
  }

  private static int most(Limit limit) {
    return limit.cut("x".repeat(300_000)).getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void whatWasCutIsNotCutAgain() {
    String once = Limit.NAME.cut("再".repeat(1_000));
    assertThat(Limit.NAME.cut(once)).isEqualTo(once);
  }

  @Test
  void aListKeepsWholeWordsAndCountsTheOthers() {
    List<String> steps = IntStream.range(100, 300).mapToObj("step-number-%d"::formatted).toList();
    assertThat(Limit.KEYWORD.join(" ", steps))
        .matches("(step-number-\\d{3} )+and \\d+ more")
        .startsWith("step-number-100 step-number-101 ")
        .endsWith("step-number-114 and 185 more")
        .hasSizeLessThanOrEqualTo(255);
    assertThat(Limit.KEYWORD.join(" ", List.of("one", "two"))).isEqualTo("one two");
    assertThat(Limit.KEYWORD.join(" ", List.of())).isEmpty();
    assertThat(Limit.KEYWORD.join(" ", List.of("x".repeat(300)))).isEqualTo("and 1 more");
  }
}
