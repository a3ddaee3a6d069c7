package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever the plan, whatever goes wrong and whatever people say when: nothing is made twice, out of
 * order, unasked or never. A failure names its seed; {@code -Dstories.seed=…} with {@code
 * -Dstories.count=1} repeats it.
 */
class RandomStoriesTest {
  private static final long SEED = Long.getLong("stories.seed", 1);
  private static final int COUNT = Integer.getInteger("stories.count", 60);
  private static final int MANY = 2_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Test
  void endWell() {
    play(SEED, COUNT);
  }

  @Tag("sweep")
  @Test
  void endWellByTheThousand() {
    play(SEED + COUNT, MANY - COUNT);
  }

  private static void play(long first, int count) {
    try (Stage stage = new Stage()) {
      for (long seed = first; seed < first + count; seed++) {
        RandomStory story = RandomStory.of(seed);
        Played played =
            assertTimeoutPreemptively(
                LONGEST, () -> Performance.of(story, stage, Watch::new), () -> "in " + story);
        List<String> complaints = Oracle.complaints(played);
        assertThat(complaints).as("seed %d, %s", seed, story).isEmpty();
      }
    }
  }
}
