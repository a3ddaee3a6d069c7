package io.rekindle.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The embedded server stumbles for good when it is asked to cancel what ends at that very moment,
 * so a story that comes to no end is told again. For what it complains about there is no such
 * excuse.
 */
final class Retelling {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int TIMES = 3;

  private Retelling() {}

  /**
   * @param story what it is told of; a failure names it
   * @param telling opens a stage of its own
   */
  static <T> void of(T story, Consumer<T> telling) throws InterruptedException {
    for (int i = 0; i < TIMES; i++) {
      if (ends(story, telling)) {
        return;
      }
    }
    throw new AssertionError("comes to no end: " + story);
  }

  private static <T> boolean ends(T story, Consumer<T> telling) throws InterruptedException {
    return told(
            story.toString(),
            LONGEST,
            () -> {
              telling.accept(story);
              return story;
            })
        .isPresent();
  }

  /**
   * What a telling gives; empty where it takes too long.
   *
   * @param name for its failure
   */
  static <T> Optional<T> told(String name, Duration longest, Supplier<T> telling)
      throws InterruptedException {
    try {
      return Optional.of(
          CompletableFuture.supplyAsync(telling, Thread::startVirtualThread)
              .get(longest.toSeconds(), TimeUnit.SECONDS));
    } catch (TimeoutException tooLong) {
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw new AssertionError(name, failed.getCause());
    }
  }
}
