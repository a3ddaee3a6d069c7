package io.rekindle.starter.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What has to end when a command does, or this process: the last one first, and each once. Once
 * that has begun, nothing else is.
 */
final class Undo implements AutoCloseable {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "undo");
  private boolean ending;

  Undo() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException dying) {
      awaitDeath();
    }
  }

  /** Begins what takes no time to begin, and is ended later. */
  synchronized <T extends AutoCloseable> T begin(Supplier<T> start) {
    if (ending) {
      throw new StackFailure("Not started: Rekindle is stopping.");
    }
    T begun = start.get();
    all.push(begun);
    return begun;
  }

  private synchronized Optional<Exception> end() {
    ending = true;
    Optional<Exception> first = Optional.empty();
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (Exception failed) {
        first = first.or(() -> Optional.of(failed));
      }
    }
    return first;
  }

  /** Where this process dies, its hook ends all, and nobody has anything to say about it. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException dying) {
      awaitDeath();
    }
    end()
        .ifPresent(failed -> {
          throw new StackFailure("Not all of it ended cleanly: " + failed.getMessage());
        });
  }

  private static void awaitDeath() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException sooner) {
      Thread.currentThread().interrupt();
    }
  }
}
