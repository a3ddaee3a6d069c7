package io.rekindle.starter.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed, the last one first. */
final class Undo {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  <T extends AutoCloseable> T later(T closeable) {
    all.push(closeable);
    return closeable;
  }

  void all() {
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (Exception failed) {
        throw new StackFailure("The stack did not end cleanly: " + failed.getMessage());
      }
    }
  }
}
