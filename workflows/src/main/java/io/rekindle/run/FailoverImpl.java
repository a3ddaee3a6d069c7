package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failover, as Temporal sees it. What happens in it is told by {@link FailoverStory}. */
public final class FailoverImpl implements Failover {
  private final Entrance<FailoverRequest> entrance;

  @WorkflowInit
  public FailoverImpl(RawValue request, @Nullable RunState resumed) {
    this.entrance = new Entrance<>(request, FailoverRequest.class, resumed, FailoverImpl::opened);
  }

  private static Run opened(FailoverRequest request, Optional<RunState> resumed, History history) {
    Plan plan = PlanReader.admitted(request.plan());
    RunState state =
        resumed.orElseGet(() ->
            RunState.beginning(
                plan.application().value(), Entrance.runId(), now(), request.impactAt()));
    return Run.of(
        new RunPlan(plan, Terms.of(plan, request)),
        new RunBook(state),
        history,
        new OtherPlans(request));
  }

  /** Other plans come in by the same door. */
  private record OtherPlans(FailoverRequest request) implements Amendments {
    @Override
    public List<String> problems(JsonNode plan) {
      return Door.ofFailovers("another plan").admit(request.by(plan));
    }

    @Override
    public RunPlan read(JsonNode other) {
      Plan plan = PlanReader.admitted(other);
      return new RunPlan(plan, Terms.of(plan, request.by(other)));
    }
  }

  @Override
  public RunState status() {
    return entrance.status();
  }

  @Override
  public RunState run(RawValue same, @Nullable RunState alsoSame) {
    return entrance.tell(this::admit, this::story);
  }

  private Told story() {
    return new FailoverStory(entrance.run(), entrance.request());
  }

  private void admit() {
    Entrance.letIn(Door.ofFailovers("the plan").admit(entrance.understood()));
    String application = entrance.run().book().application();
    if (!Workflow.getInfo().getWorkflowId().equals(ID_PREFIX + application)) {
      throw Entrance.refused(
          "The run of %s has the workflow id %s, which is its lock."
              .formatted(application, ID_PREFIX + application));
    }
  }
}
