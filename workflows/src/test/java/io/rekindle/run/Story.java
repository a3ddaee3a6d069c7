package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.Script;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A failover told in skipped time: given a plan and a cloud, when people do this, then that
 * timeline.
 */
final class Story implements AutoCloseable {
  private static final String QUEUE = "rekindle";

  private final TestWorkflowEnvironment time;
  private final RehearsalCloud cloud;
  private final WorkflowStub run;
  private final FailoverRequest request;

  private Story(String plan, Script script, Mode mode, String requester) {
    this.time = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder().build());
    this.cloud =
        new RehearsalCloud(script, () -> Instant.ofEpochMilli(time.currentTimeMillis()), 1);
    Worker worker = time.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(FailoverImpl.class);
    worker.registerActivitiesImplementations(cloud, new PlanAdmission());
    time.start();
    JsonNode tree = PlanReader.tree(plan);
    this.request =
        new FailoverRequest(
            tree, mode, "test", null, Map.of(), List.of(), Map.of(), Map.of(), null, null, null,
            requester, false, null);
    this.run =
        time.getWorkflowClient()
            .newUntypedWorkflowStub(
                "Failover",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(QUEUE)
                    .setWorkflowId("failover/" + tree.path("application").asText())
                    .build());
  }

  static Story of(String plan, Script script) {
    return of(plan, script, Mode.OUTAGE);
  }

  static Story of(String plan, Script script, Mode mode) {
    Story story = new Story(plan, script, mode, "asker");
    story.run.start(story.request);
    return story;
  }

  RehearsalCloud cloud() {
    return cloud;
  }

  WorkflowClient client() {
    return time.getWorkflowClient();
  }

  RunState status() {
    return run.query("status", RunState.class);
  }

  StepState step(String id) {
    return status().steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  void pass(Duration duration) {
    time.sleep(duration);
  }

  Ruling tell(Decision decision) {
    return run.update(decision.verb(), Ruling.class, decision);
  }

  void signal(Decision decision) {
    run.signal(decision.verb(), decision);
  }

  RunState result() {
    return run.getResult(RunState.class);
  }

  @Override
  public void close() {
    time.close();
  }
}
