package io.rekindle.starter.rehearse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Those who wait for the tasks of one queue, and tasks that wait for somebody. The server gives a
 * task to whoever asked first, also when that worker is dead by now; so asking is done here, and
 * whatever comes goes to a living one.
 */
final class TaskLine<A> {
  private final Deque<A> tasks = new ArrayDeque<>();
  private final Deque<Predicate<A>> takers = new ArrayDeque<>();
  private int asked;

  /**
   * Waits for a task, and takes one at once if there is one.
   *
   * @param taker says whether it takes the task; it may be gone by then
   * @return whether the server must be asked once more
   */
  synchronized boolean join(Predicate<A> taker) {
    A task = tasks.poll();
    if (task != null && taker.test(task)) {
      return false;
    }
    if (task != null) {
      tasks.addFirst(task);
      return false;
    }
    takers.add(taker);
    boolean more = asked < takers.size();
    asked += more ? 1 : 0;
    return more;
  }

  synchronized void leave(Predicate<A> taker) {
    takers.remove(taker);
  }

  /** The server answered. */
  synchronized void arrived(A task) {
    asked--;
    offer(task);
  }

  /** Whoever had the task is gone; the next one does it. */
  synchronized void offer(A task) {
    for (Predicate<A> taker = takers.poll(); taker != null; taker = takers.poll()) {
      if (taker.test(task)) {
        return;
      }
    }
    tasks.add(task);
  }
}
