package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.LateCancels;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The embedded server: one story after the other is played on it, in skipped time. */
final class EmbeddedStage implements Stage {
  private static final String QUEUE = "rekindle";

  /** What a task costs that a dead worker had begun: it runs out in real time. */
  private static final Duration TASK = Duration.ofSeconds(1);

  /**
   * The embedded server forgets a question when the run continues as new before it is answered;
   * after so long it is asked again.
   */
  private static final Duration FORGOTTEN = Duration.ofSeconds(1);

  /** Longer than it takes until a dead worker's task is given to another one. */
  private static final int THOUGHT_MILLIS = 3_000;

  private final Conversation conversation = new Conversation();
  private final ServerLimits limits = new ServerLimits();
  private final TestWorkflowEnvironment time =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowServiceStubsOptions(
                  WorkflowServiceStubsOptions.newBuilder()
                      .setGrpcClientInterceptors(List.of(conversation, limits, new LateCancels()))
                      .setRpcQueryTimeout(FORGOTTEN)
                      .build())
              .build());
  private final Crew crew;

  EmbeddedStage() {
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> time.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    crew = new Crew(conversation, client(), QUEUE, this::now);
  }

  @Override
  public WorkflowClient client() {
    return time.getWorkflowClient();
  }

  @Override
  public Crew crew() {
    return crew;
  }

  @Override
  public TimeScale timeScale() {
    return TimeScale.SAME;
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
  }

  /** The time that is skipped costs nothing. */
  @Override
  public void pass(Duration duration, BooleanSupplier unless) {
    if (duration.isPositive()) {
      time.sleep(duration);
    }
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Duration taskTimeout() {
    return TASK;
  }

  /**
   * Asked while a worker thinks about a run that then continues as new, this server forgets the
   * question, and lets no time pass any more.
   */
  @Override
  public void awaitThought(String workflow) {
    for (int i = 0; i < THOUGHT_MILLIS && isThoughtAbout(workflow); i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isThoughtAbout(String workflow) {
    EventType last = client().fetchHistory(workflow).getLastEvent().getEventType();
    return last == EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
        || last == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED;
  }

  @Override
  public List<String> excesses() {
    return limits.exceeded();
  }

  /** Also looks whether a real server had taken all that was sent to it. */
  @Override
  public void close() {
    crew.dismiss();
    time.close();
    assertThat(limits.exceeded()).isEmpty();
  }
}
