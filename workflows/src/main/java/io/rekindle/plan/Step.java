package io.rekindle.plan;

import io.rekindle.plan.Region.Side;
import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Source;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a playbook, as it was written. */
public record Step(
    @Says("The step's name, unique in the plan; later steps read its outputs as ${id.output}.")
        String id,
    @Says("The kind of step.") String uses,
    @Says(
            "Where it acts: primary or recovery; the default is recovery in failover and primary in"
                + " failback.")
        @Nullable Side region,
    @Says("What the kind needs to know.") Node with,
    @Says(
            "The steps that must be done before it; without it the one written above, with [] only"
                + " the first approval.")
        @Nullable List<String> needs,
    @Says("The modes it runs in: outage, planned, drill; all of them when not written.") @AtLeast(1)
        @Nullable List<Mode> modes,
    @Says("Parameters that must have these values for the step to run.") Map<String, String> when,
    @Says(
            "Whether it moves traffic, for kinds that cannot know it: pipelines, stacks, builds,"
                + " functions.")
        boolean traffic,
    @Says("The whole time it may take before it asks a person; the default depends on the kind.")
        @Nullable Duration timeout,
    @Says("Whether it fences the old side: try, record what was achieved, go on.") boolean fence,
    @Says("Whether the run goes on when it fails.") boolean bestEffort,
    @Says("What happens when it cannot go on.") @Default("ask") OnFailure onFailure,
    @Source Node.Fields source)
    implements Use {

  public boolean runsIn(Mode mode) {
    return modes == null || modes.isEmpty() || modes.contains(mode);
  }

  public boolean mayFail() {
    return fence || bestEffort;
  }

  /** Whether it moves traffic, by its kind or by its own word. */
  public boolean movesTraffic() {
    return traffic || knownKind().filter(kind -> kind.hasRole(Facts.Role.TRAFFIC)).isPresent();
  }

  /** Whether it takes users somewhere: a fence that moves traffic only shuts them out. */
  public boolean movesUsers() {
    return movesTraffic() && !fence;
  }

  /** What happens when a step cannot go on. */
  public enum OnFailure {
    ASK,
    ABORT
  }
}
