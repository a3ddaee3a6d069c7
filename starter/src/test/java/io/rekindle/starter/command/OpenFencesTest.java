package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState.OpenFence;
import io.rekindle.starter.run.Seen.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenFencesTest {
  private static final OpenFence SILENT =
      new OpenFence("fence", Instant.parse("2026-03-01T02:10:30.5Z"), null);
  private static final String LAST =
      "ecs.scaleService of step 'fence' could not DescribeServices web (ecs in us-east-2): there"
          + " was no answer";

  private static Pending pending(String last) {
    return new Pending("ecs.scaleService.observe", 17, last, Optional.empty());
  }

  @Test
  void oneThatIsTriedSaysSinceWhenHowOftenAndWhatWasSaidLast() {
    assertThat(OpenFences.said(SILENT))
        .isEqualTo("fence, tried since 2026-03-01T02:10:30Z until it holds");
    assertThat(OpenFences.tried(SILENT, List.of(pending("of step 'web'"), pending(LAST))))
        .isEqualTo("; 17 times by now, last: " + LAST);
  }

  @Test
  void oneThatWaitsSaysWhatFor() {
    OpenFence waiting = new OpenFence("fence", SILENT.since(), "AWS answered AccessDenied");
    assertThat(OpenFences.said(waiting))
        .endsWith("until it holds; now it waits for a person: AWS answered AccessDenied");
  }

  @Test
  void betweenTwoTriesNothingIsCounted() {
    assertThat(OpenFences.tried(SILENT, List.of())).isEmpty();
  }
}
