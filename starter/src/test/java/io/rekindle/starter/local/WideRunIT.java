package io.rekindle.starter.local;

import org.junit.jupiter.api.Test;

/** A run of two hundred steps lives within the limits of a real server. */
class WideRunIT {
  @Test
  void isSeenAnsweredAndAborted() throws Exception {
    WideRun.isSeenAnsweredAndAbortedOn(RealServers.shared());
  }
}
