package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.door.DrillRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A drill, as Temporal sees it. What happens in it is told by {@link DrillStory}. */
public final class DrillImpl implements Drill {
  private final Entrance<DrillRequest> entrance;

  @WorkflowInit
  public DrillImpl(RawValue request, @Nullable RunState resumed) {
    this.entrance = new Entrance<>(request, DrillRequest.class, resumed, DrillImpl::opened);
  }

  private static Run opened(DrillRequest request, Optional<RunState> resumed, History history) {
    Plan plan = PlanReader.admitted(request.plan());
    RunState state =
        resumed.orElseGet(
            () -> RunState.beginning(plan.application().value(), Entrance.runId(), now(), null));
    Terms terms = Terms.of(plan, plan.drill(request.drill()).orElseThrow());
    return Run.of(new RunPlan(plan, terms), new RunBook(state), history, Amendments.NONE);
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
    return new DrillStory(entrance.run(), entrance.request());
  }

  private void admit() {
    DrillRequest request = entrance.understood();
    Entrance.letIn(Door.ofDrills().admitDrill(request));
    String id = Drill.id(entrance.run().book().application(), request.drill());
    if (!Workflow.getInfo().getWorkflowId().startsWith(id)) {
      throw Entrance.refused("The id of this drill's workflow begins with %s.".formatted(id));
    }
  }
}
