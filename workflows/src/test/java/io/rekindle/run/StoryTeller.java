package io.rekindle.run;

import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells one story after the other on the embedded server, and once more where that stumbles. */
final class StoryTeller implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 4;

  private final List<String> again = new ArrayList<>();
  private Stage stage = new EmbeddedStage();

  /** The server remembers all that it ever saw. */
  void newStage() {
    stage.close();
    stage = new EmbeddedStage();
  }

  /** What was told again. */
  List<String> again() {
    return List.copyOf(again);
  }

  /**
   * The embedded server stumbles for good when it is asked to cancel what ends at that very moment,
   * so a story that comes to no end is told again. For what is made twice, out of order, unasked or
   * never there is no such excuse.
   */
  Played tell(RandomStory story) throws InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Played> played = attempt(story);
      if (played.isPresent()) {
        return played.get();
      }
      again.add("seed %d after %s".formatted(story.seed(), lastEvents(story)));
      Thread.startVirtualThread(stage::close);
      stage = new EmbeddedStage();
    }
    throw new AssertionError("comes to no end: " + again + ": " + story);
  }

  private Optional<Played> attempt(RandomStory story) throws InterruptedException {
    Stage here = stage;
    return Retelling.told(
            "seed " + story.seed() + ", " + story,
            LONGEST,
            () -> Performance.of(story, here, Watch::new))
        .filter(played -> !EndOracle.isStuck(played));
  }

  private List<String> lastEvents(RandomStory story) {
    String id = Failover.ID_PREFIX + story.plan().plan().application();
    List<HistoryEvent> events = stage.client().fetchHistory(id).getEvents();
    return events.subList(Math.max(0, events.size() - 24), events.size()).stream()
        .map(event -> event.getEventId() + " " + event.getEventType())
        .toList();
  }

  @Override
  public void close() {
    stage.close();
  }
}
