package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS CodePipeline pipelines. */
public sealed interface Pipeline extends Action {

  @Facts(
      kind = "pipeline.run",
      says =
          "Starts a pipeline of this Region, answers its manual approval or waits for the person"
              + " who does, and follows the execution to its end. Source, artifact store and every"
              + " action must work without the primary Region. An approval that nobody answers"
              + " fails the execution after 7 days.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.TOKEN,
      thing = "pipeline",
      undo = Undo.ONE_WAY,
      undoing =
          "One-way: delete what it deployed with steps of their own, or run it again with the"
              + " former revision.",
      drill = Drill.ISOLATED,
      drilling =
          "Runs up to the approval and rejects it, so that nothing behind it is deployed; a"
              + " pipeline without approval is looked at and not started.",
      budget = "4h")
  record Run(
      @Says("The pipeline, by its name in this Region.") String pipeline,
      @Says("Pipeline variables for this execution; only pipelines of type V2 have any.")
          Map<String, String> variables,
      @Says("The manual approval action in the pipeline, where it has one.")
          @Nullable Approval approval)
      implements Pipeline {
    public enum Change implements Action.Change {
      @Does(
          "StartPipelineExecution, until the execution waits for the approval or, without"
              + " one, has succeeded.")
      @Lasts(min = "10m", likely = "20m", max = "45m", source = ESTIMATE)
      START,

      @Does(
          value =
              "PutApprovalResult for this very execution, or a person's own answer, until the"
                  + " execution has succeeded.",
          onlyIf = "approval")
      @Lasts(min = "5m", likely = "15m", max = "30m", source = ESTIMATE)
      APPROVE
    }

    public record Outputs(
        @Says("The pipeline.") @Like("{pipeline}") String pipeline,
        @Says("The id of the execution.") @Like("11111111-2222-3333-4444-555555555555")
            String execution,
        @Says("The source revision that it deployed, such as a commit.")
            @Like("0123456789abcdef0123456789abcdef01234567")
            String revision)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("codepipeline", pipeline);
      List<Permission> needed = new ArrayList<>();
      needed.add(look("codepipeline:GetPipeline", it));
      needed.add(look("codepipeline:GetPipelineState", it));
      needed.add(look("codepipeline:GetPipelineExecution", it));
      needed.add(look("codepipeline:ListPipelineExecutions", it));
      needed.add(look("codepipeline:ListActionExecutions", it));
      needed.add(change(Change.START, "codepipeline:StartPipelineExecution", it));
      if (approval != null) {
        needed.add(
            change(
                Change.APPROVE,
                "codepipeline:PutApprovalResult",
                it + "/" + approval.stage() + "/" + approval.action()));
      }
      return List.copyOf(needed);
    }
  }

  /** A manual approval action. */
  record Approval(
      @Says("The stage that holds the approval action.") String stage,
      @Says("The approval action.") String action,
      @Says(
              "Who answers it: the engine, because people agreed at the gate already, or a person"
                  + " in CodePipeline.")
          @Default("person")
          Answerer by) {}

  /** Who answers a manual approval. */
  enum Answerer {
    ENGINE,
    PERSON
  }
}
