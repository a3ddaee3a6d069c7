package io.rekindle.run;

import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.Watch.Look;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a story, as those saw it who stand outside the run.
 *
 * @param said what people said, in their order
 * @param ending how the run ended; absent while it is open
 * @param mishaps what went wrong inside the workflow's own code
 */
record Played(
    RandomStory story,
    List<Entry> log,
    List<Entry> undone,
    List<Look> looks,
    List<Said> said,
    RunState state,
    @Nullable Ending ending,
    List<String> mishaps) {

  /**
   * @param ruling absent when nobody waited for an answer, or none came
   */
  record Said(Instant before, Instant after, Decision decision, @Nullable Ruling ruling) {
    boolean wasRefused() {
      return ruling != null && !ruling.obeyed();
    }
  }

  record Ending(String type, String sentence) {}

  /** The steps that take part. */
  StepGraph graph() {
    return StepGraph.of(story.plan().plan().failover()).only(step -> step.runsIn(story.mode()));
  }

  /** Decisions of a kind that may have been obeyed. */
  <D extends Decision> Stream<Said> said(Class<D> verb) {
    return said.stream().filter(said -> verb.isInstance(said.decision()));
  }
}
