package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A real server, with workers for one story; the story's time goes sixty times as fast as ours. */
final class RealStage implements Stage {
  static final int PACE = 60;

  private static final Duration TASK = Duration.ofSeconds(5);
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** What is not over by then is not waited for at one time. */
  private static final Duration LONGEST = Duration.ofSeconds(150);

  private final Conversation conversation = new Conversation();
  private final ServerLimits limits = new ServerLimits();
  private final Instant begin = Instant.now();
  private final long beginNanos = System.nanoTime();
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String queue;
  private final Crew crew;

  /**
   * @param queue of this story alone: its workers die alone
   */
  RealStage(String address, String queue) {
    this.queue = queue;
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcClientInterceptors(List.of(conversation, limits))
                .build());
    this.client = WorkflowClient.newInstance(stubs);
    this.crew = new Crew(conversation, client, queue, InstantSource.system());
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public Duration taskTimeout() {
    return TASK;
  }

  @Override
  public Instant now() {
    return begin.plus(Duration.ofNanos(System.nanoTime() - beginNanos).multipliedBy(PACE));
  }

  @Override
  public Crew crew() {
    return crew;
  }

  @Override
  public TimeScale timeScale() {
    return new TimeScale(begin, PACE);
  }

  @Override
  public void pass(Duration duration, BooleanSupplier unless) {
    Duration ours = duration.dividedBy(PACE);
    Instant end = Instant.now().plus(ours.compareTo(LONGEST) > 0 ? LONGEST : ours);
    do {
      sleep(MOMENT.compareTo(ours) < 0 ? MOMENT : ours);
    } while (Instant.now().isBefore(end) && !unless.getAsBoolean());
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** A real server keeps every question. */
  @Override
  public void awaitThought(String workflow) {}

  @Override
  public List<String> excesses() {
    return limits.exceeded();
  }

  @Override
  public void close() {
    crew.dismiss();
    stubs.shutdownNow();
    assertThat(limits.exceeded()).isEmpty();
  }
}
