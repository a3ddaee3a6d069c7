package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RandomDrill.Deed;
import io.rekindle.run.RandomDrill.Moment;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the plan, whatever goes wrong and whatever comes between: a drill touches nothing but
 * copies of its own, takes them away or names them, and ends. A failure names its seed; {@code
 * -Ddrills.seed=…} with {@code -Ddrills.count=1} repeats it.
 */
class RandomDrillsTest {
  private static final long SEED = Long.getLong("drills.seed", 1);
  private static final int COUNT = Integer.getInteger("drills.count", 40);
  private static final int MANY = 500;

  /** What cannot be taken away is tried for a day. */
  private static final int HOURS = 48;

  private static LongStream some() {
    return LongStream.range(SEED, SEED + COUNT);
  }

  private static LongStream many() {
    return LongStream.range(SEED, SEED + MANY);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("some")
  void leaveNothingThatNobodyNames(long seed) throws InterruptedException {
    Retelling.of(RandomDrill.of(seed), RandomDrillsTest::play);
  }

  @Tag("stories")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("many")
  void leaveNothingThatNobodyNamesByTheHundred(long seed) throws InterruptedException {
    Retelling.of(RandomDrill.of(seed), RandomDrillsTest::play);
  }

  private static void play(RandomDrill drill) {
    try (Story story = Story.drill(drill.tree(), RandomDrill.NAME, drill.script())) {
      for (Moment moment : drill.moments()) {
        story.pass(moment.after());
        act(story, moment.deed(), drill);
      }
      // Who was told to pause goes on some day.
      act(story, Deed.RESUMES, drill);
      RunState end = ended(story);
      List<String> complaints = DrillOracle.complaints(drill, story.cloud(), end);
      assertThat(complaints).as("%s\nended as %s", drill, end).isEmpty();
    }
  }

  /** It looks out for failovers meanwhile, so time is let pass as it is needed. */
  private static RunState ended(Story story) {
    for (int hour = 0; hour < HOURS && story.isOpen(); hour++) {
      story.pass(Duration.ofHours(1));
    }
    assertThat(story.isOpen()).isFalse();
    return story.status();
  }

  private static void act(Story story, Deed deed, RandomDrill drill) {
    try {
      switch (deed) {
        case ABORTS -> story.signal(new Decision.Abort(false, "too loud", "anna", null));
        case CANCELS -> story.cancel();
        case CRASHES -> {
          story.stopWorkers();
          story.startWorkers();
        }
        case FAILS_OVER -> story.startFailover(drill.tree());
        case GROWS_LONG -> story.pretendFarTooLongHistories();
        case PAUSES -> story.signal(new Decision.Pause("hold on", "anna", null));
        case RESUMES -> story.signal(new Decision.Resume("go on", "anna", null));
      }
    } catch (WorkflowException itIsOver) {
      // Nobody hears it any more.
    }
  }
}
