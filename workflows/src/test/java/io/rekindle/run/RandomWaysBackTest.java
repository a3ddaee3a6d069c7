package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Mode;
import io.rekindle.run.RandomWayBack.Deed;
import io.rekindle.run.RandomWayBack.Moment;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the way back, whatever goes wrong on it and whatever people say: nothing of it is done
 * unasked, out of order or twice; given up it leaves what was before. A failure names its seed;
 * {@code -Dways.seed=…} with {@code -Dways.count=1} repeats it.
 */
class RandomWaysBackTest {
  private static final long SEED = Long.getLong("ways.seed", 1);
  private static final int COUNT = Integer.getInteger("ways.count", 30);
  private static final int MANY = 400;
  private static final int VISITS = 40;
  private static final int RETRIES = 2;
  private static final Duration BETWEEN = Duration.ofSeconds(7_307);
  private static final List<String> PEOPLE = List.of("anna", "bert", "dora");

  private static LongStream some() {
    return LongStream.range(SEED, SEED + COUNT);
  }

  private static LongStream many() {
    return LongStream.range(SEED, SEED + MANY);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("some")
  void leadHomeOrLeaveWhatWas(long seed) throws InterruptedException {
    Retelling.of(RandomWayBack.of(seed), RandomWaysBackTest::play);
  }

  @Tag("stories")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("many")
  void leadHomeOrLeaveWhatWasByTheHundred(long seed) throws InterruptedException {
    Retelling.of(RandomWayBack.of(seed), RandomWaysBackTest::play);
  }

  private static void play(RandomWayBack way) {
    try (Story story = Story.of(Story.request(way.tree(), Mode.OUTAGE), way.script())) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, true, null, "bert", null));
      story.pass(Duration.ofHours(3));
      RunState before = story.status();
      assertThat(before.phase()).as("%s", way).isEqualTo(Phase.SERVING);
      Instant asked = story.now();
      Ruling begun = story.tell(new Decision.Failback(null, "healthy", "anna", null));
      assertThat(begun.obeyed()).as("%s: %s", begun.sentence(), way).isTrue();
      for (Moment moment : way.moments()) {
        story.pass(moment.after());
        act(story, moment.deed());
      }
      finish(story, way);
      assertThat(story.isOpen()).as("it is over: %s\n%s", way, story.status()).isFalse();
      RunState end = story.status();
      assertThat(WayBackOracle.complaints(way, story.cloud(), before, end, asked))
          .as("%s\nended as %s", way, end)
          .isEmpty();
    }
  }

  private static void act(Story story, Deed deed) {
    try {
      switch (deed) {
        case AGREES -> agree(story);
        case ABORTS -> story.tell(new Decision.Abort(false, "not today", "anna", null));
        case REJECTS -> story.tell(new Decision.Reject(null, "no", "bert", null));
        case CANCELS -> story.cancel();
        case CRASHES -> {
          story.stopWorkers();
          story.startWorkers();
        }
        case GROWS_LONG -> story.suggestContinuingAsNew();
        case PAUSES -> story.tell(new Decision.Pause("hold on", "anna", null));
        case RESUMES -> story.tell(new Decision.Resume("go on", "anna", null));
      }
    } catch (WorkflowException itIsOver) {
      // Nobody hears it any more.
    }
  }

  private static void agree(Story story) {
    RunState state = story.status();
    for (Gate gate : state.gates().stream().filter(Gate::open).toList()) {
      List<String> failing = state.failing(step -> true).stream().map(Finding::name).toList();
      for (String name : PEOPLE) {
        story.tell(new Decision.Approve(gate.id(), null, false, failing, null, name, null));
      }
    }
  }

  /** Whoever comes helps it on, and closes what serves on. */
  private static void finish(Story story, RandomWayBack way) {
    Map<String, Integer> retries = new HashMap<>();
    for (int visit = 0; visit < VISITS && story.isOpen(); visit++) {
      try {
        help(story, way, retries);
      } catch (WorkflowException itIsOver) {
        return;
      }
      story.pass(BETWEEN);
    }
  }

  private static void help(Story story, RandomWayBack way, Map<String, Integer> retries) {
    RunState state = story.status();
    if (state.phase() == Phase.SERVING) {
      story.tell(new Decision.Close("the story was told", "anna", null));
      return;
    }
    if (state.paused()) {
      story.tell(new Decision.Resume(null, "anna", null));
    }
    agree(story);
    for (Task task : state.tasks()) {
      String proof = "https://tickets.example.com/" + task.id();
      story.tell(new Decision.Done(task.id(), Map.of(), proof, "as asked", "anna", null));
    }
    state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .forEach(step -> story.tell(help(step, way, retries)));
  }

  private static Decision help(StepState step, RandomWayBack way, Map<String, Integer> retries) {
    boolean gate = way.graph().step(step.id()).kind().isApproval();
    if (gate || retries.merge(step.id(), 1, Integer::sum) <= RETRIES) {
      boolean adopt = String.valueOf(step.note()).contains("this run did not make it");
      return new Decision.Retry(step.id(), Map.of(), false, adopt && !gate, null, "anna", null);
    }
    return new Decision.Skip(step.id(), way.outputs(step.id()), "enough", "anna", null);
  }
}
