package io.rekindle.run;

import java.time.Duration;
import java.time.Instant;

/**
 * How the time of a story goes beside the server's: from the same beginning, perhaps faster.
 *
 * @param pace how much of the story passes while the server's clock goes on by one
 */
record TimeScale(Instant begin, int pace) {
  static final TimeScale SAME = new TimeScale(Instant.EPOCH, 1);

  Instant atServer(Instant inStory) {
    return begin.plus(Duration.between(begin, inStory).dividedBy(pace));
  }

  Instant inStory(Instant atServer) {
    return begin.plus(Duration.between(begin, atServer).multipliedBy(pace));
  }
}
