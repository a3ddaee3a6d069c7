package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the plan, whatever goes wrong and whatever people say when: nothing is made twice, out
 * of order, unasked or never, and every run ends or says what it waits for. A failure names its
 * seed; {@code -Dstories.seed=…} with {@code -Dstories.count=1} repeats it.
 */
class RandomStoriesTest {
  private static final long SEED = Long.getLong("stories.seed", 1);
  private static final int COUNT = Integer.getInteger("stories.count", 200);
  private static final int MANY = 2_000;

  /** As many are told at once as the machine has cores for. */
  private static final int SHARES = 2;

  private static final int SHARE_OF_MANY = 500;

  /** The embedded server remembers all that it ever saw. */
  private static final int STAGE_LASTS = 200;

  /** So many stories that do not end well tell what is wrong. */
  private static final int ENOUGH = Integer.getInteger("stories.faults", 5);

  private final List<String> faults = new ArrayList<>();
  private final StoryTeller teller = new StoryTeller();

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("some")
  void endWell(long first, int count) throws Exception {
    play(first, count);
  }

  @Tag("stories")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("many")
  void endWellByTheThousand(long first, int count) throws Exception {
    play(first, count);
  }

  private static Stream<Arguments> some() {
    return shares(COUNT, Math.ceilDiv(COUNT, SHARES));
  }

  private static Stream<Arguments> many() {
    return shares(MANY, SHARE_OF_MANY);
  }

  private static Stream<Arguments> shares(int count, int share) {
    return LongStream.iterate(SEED, first -> first < SEED + count, first -> first + share)
        .mapToObj(first -> arguments(first, (int) Math.min(share, SEED + count - first)));
  }

  private void play(long first, int count) throws Exception {
    int drafts = 0;
    for (long seed = first; seed < first + count; seed++) {
      if ((seed - first) % STAGE_LASTS == STAGE_LASTS - 1) {
        teller.newStage();
      }
      RandomStory story = RandomStory.of(seed);
      drafts += story.plan().drafts();
      List<String> complaints = Oracle.complaints(teller.tell(story));
      if (!complaints.isEmpty()) {
        faults.add("%s: %s".formatted(story, String.join("\n  ", complaints)));
        assertThat(faults).hasSizeLessThan(ENOUGH);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(drafts)
        .as("plans drawn for %d stories", count)
        .isLessThanOrEqualTo(3 + count * 11 / 10);
    assertThat(teller.again()).as("stories told again").hasSizeLessThan(3 + count / 50);
  }

  @AfterEach
  void close() {
    teller.close();
  }
}
