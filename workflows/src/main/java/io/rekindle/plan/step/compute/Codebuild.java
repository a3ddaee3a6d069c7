package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

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
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS CodeBuild projects. */
public sealed interface Codebuild extends Action {

  @Facts(
      kind = "codebuild.run",
      says =
          "Runs a build project, which may apply Terraform or run a script, and follows the build"
              + " to its end. What it does is not known here: it must bear being run again after"
              + " half of it was done, and its source, state and lock must lie outside the primary"
              + " Region. Variables are readable in the console, so name secrets and never write"
              + " them.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.TOKEN,
      thing = "project",
      undo = Undo.ONE_WAY,
      undoing = "One-way: run the project again with the former variables.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: what the build changes is not known.",
      budget = "3h")
  record Run(
      @Says("The build project, by its name in this Region.") String project,
      @Says(
              "Environment variables for this build, beside those of the project; never a secret"
                  + " value.")
          Map<String, String> environment,
      @Says(
              "The version of the source: a commit, branch, tag or S3 object version; without it"
                  + " the project's own.")
          @Nullable String sourceVersion)
      implements Codebuild {
    public enum Change implements Action.Change {
      @Does(
          "StartBuild with a token, which AWS knows for 5 minutes, and a marker variable by"
              + " which the build is found later, until it has SUCCEEDED.")
      @Lasts(min = "2m", likely = "20m", max = "90m", source = ESTIMATE)
      BUILD
    }

    public record Outputs(
        @Says("The id of the build.") @Like("{project}:11111111-2222-3333-4444-555555555555")
            String build,
        @Says("The ARN of the build.")
            @Like(
                "arn:{partition}:codebuild:{region}:{account}:build/{project}:11111111-2222-3333-4444-555555555555")
            Arn arn,
        @Says("The source revision that was built, such as a commit.")
            @Like("0123456789abcdef0123456789abcdef01234567")
            String revision)
        implements Action.Outputs {}

    public Run {
      for (String name : environment.keySet()) {
        if (name.startsWith("CODEBUILD_") || name.startsWith("REKINDLE_")) {
          throw new IllegalArgumentException(
              "the environment variable '"
                  + name
                  + "' has a reserved prefix, CODEBUILD_ or REKINDLE_");
        }
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("codebuild", "project/" + project);
      return List.of(
          look("codebuild:BatchGetProjects", it),
          look("codebuild:ListBuildsForProject", it),
          look("codebuild:BatchGetBuilds", it),
          change(Change.BUILD, "codebuild:StartBuild", it));
    }
  }
}
