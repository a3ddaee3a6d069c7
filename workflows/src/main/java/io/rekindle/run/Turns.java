package io.rekindle.run;

import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Who asks for much waits for a turn: a server keeps 2,000 activities of a run at most, and hears 4
 * MiB at a time.
 */
final class Turns {
  private static final int AT_ONCE = 500;
  private static final int BYTES_AT_A_TIME = 1_000_000;
  private static final Duration MOMENT = Duration.ofMillis(1);

  private int underWay;
  private int bytes;
  private long task;

  /**
   * @param weight the bytes of what is asked
   */
  <T> Promise<T> take(int weight, Supplier<Promise<T>> activity) {
    Workflow.await(() -> underWay < AT_ONCE);
    while (bytesSoFar() > 0 && bytes + weight > BYTES_AT_A_TIME) {
      Workflow.sleep(MOMENT);
    }
    bytes += weight;
    underWay++;
    Promise<T> answer = activity.get();
    answer.handle((given, failure) -> {
      underWay--;
      return given;
    });
    return answer;
  }

  /** Of the present task: every one has a longer history than the one before. */
  private int bytesSoFar() {
    long present = Workflow.getInfo().getHistoryLength();
    if (present != task) {
      task = present;
      bytes = 0;
    }
    return bytes;
  }
}
