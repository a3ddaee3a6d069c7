package io.rekindle.run;

import io.rekindle.door.FailoverRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A server and a worker on which stories are played. */
interface Stage extends AutoCloseable {
  WorkflowClient client();

  String queue();

  /** After which a workflow task of a dead worker is given to another one. */
  Duration taskTimeout();

  Crew crew();

  /** Starts a run, and gives it as it was started. */
  default WorkflowStub start(String id, FailoverRequest request) {
    WorkflowStub run =
        client()
            .newUntypedWorkflowStub(
                Failover.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(queue()).setWorkflowId(id).build());
    run.start(request);
    return run;
  }

  /** The time of the story, which may go faster than the server's. */
  Instant now();

  TimeScale timeScale();

  /**
   * Lets time of the story pass.
   *
   * @param unless whether nothing happens any more, however much time passes
   */
  void pass(Duration duration, BooleanSupplier unless);

  default void pass(Duration duration) {
    pass(duration, () -> false);
  }

  /** Until the run may be asked something. */
  void awaitThought(String workflow);

  /** What a real server would have refused by now, a sentence each. */
  List<String> excesses();

  @Override
  void close();
}
