package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.OneOrMany;
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
import io.rekindle.plan.value.S3Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS CloudFormation stacks. */
public sealed interface Cfn extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(look("cloudformation:DescribeStacks", Realm.ANYTHING));
  }

  @Facts(
      kind = "cfn.deploy",
      says =
          "Deploys a stack by a change set and executes it only if it replaces or removes no data"
              + " resource, unless named in mayReplace: a new DBSnapshotIdentifier on a live"
              + " database, for instance, replaces it. Later steps cannot read the stack's own"
              + " outputs: write the names of its resources into the plan.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.TOKEN,
      thing = "stack",
      undo = Undo.PUTS_BACK,
      undoing =
          "Deploys the former template and parameters again, or deletes a stack that it created; a"
              + " former template above 4 KiB is put back from formerTemplate, or else listed. The"
              + " stack keeps stackRole for good.",
      drill = Drill.ISOLATED,
      drilling = "Prepares the change set, checks it and deletes it; nothing is executed.",
      budget = "2h")
  record Deploy(
      @Says("The stack, by its name in this Region; it is created if there is none.") String stack,
      @Says(
              "The template, in a bucket of this Region; with its version nobody changes what a"
                  + " recovery deploys. Without it the stack keeps its own.")
          @Nullable S3Url template,
      @Says(
              "Where the stack's template of today is kept, with its version, so that undo finds"
                  + " it: a run remembers one of up to 4 KiB itself, of a longer one only the"
                  + " digest.")
          @Nullable S3Url formerTemplate,
      @Says("Parameters to set; all others keep their present values; never a secret value.")
          Map<String, String> parameters,
      @Says(
              "What the template needs to be acknowledged: that it makes IAM resources or uses"
                  + " macros.")
          @OneOrMany
          List<Capability> capabilities,
      @Says(
              "The role that CloudFormation works with, so that the worker needs no right on what"
                  + " the stack holds.")
          Arn stackRole,
      @Says(
              "Logical ids of data resources (databases, caches, buckets, tables) that may be"
                  + " replaced or removed.")
          @OneOrMany
          List<String> mayReplace)
      implements Cfn {
    public enum Change implements Action.Change {
      @Does("CreateChangeSet, until it is CREATE_COMPLETE or found to change nothing.")
      @Lasts(min = "10s", likely = "30s", max = "3m", source = ESTIMATE)
      PREPARE,

      @Does("ExecuteChangeSet, until the stack is CREATE_COMPLETE or UPDATE_COMPLETE.")
      @Lasts(min = "10m", likely = "20m", max = "40m", source = ESTIMATE)
      EXECUTE
    }

    public record Outputs(
        @Says("The name of the stack.") @Like("{stack}") String stack,
        @Says("The ARN of the stack, which no later stack of that name shares.")
            @Like(
                "arn:{partition}:cloudformation:{region}:{account}:stack/{stack}/11111111-2222-3333-4444-555555555555")
            Arn stackId,
        @Says("The status of the stack.") @Like("UPDATE_COMPLETE") String status)
        implements Action.Outputs {}

    public Deploy {
      requireRole(stackRole);
      if (formerTemplate != null && formerTemplate.version().isEmpty()) {
        throw new IllegalArgumentException(
            "formerTemplate needs its version (?versionId=…): undo deploys what was there, whatever"
                + " is stored under that name by then");
      }
      if (formerTemplate != null && template == null) {
        throw new IllegalArgumentException(
            "formerTemplate is only needed where template gives the stack another one");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("cloudformation", "stack/" + stack + "/*");
      List<Permission> needed = new ArrayList<>();
      needed.add(look("cloudformation:DescribeStacks", it));
      needed.add(look("cloudformation:DescribeStackEvents", it));
      needed.add(look("cloudformation:DescribeChangeSet", it));
      needed.add(look("cloudformation:GetTemplate", it));
      needed.add(change(Change.PREPARE, "cloudformation:CreateChangeSet", it));
      needed.add(change(Change.EXECUTE, "cloudformation:ExecuteChangeSet", it));
      needed.add(implied(Change.PREPARE, "cloudformation:TagResource", it));
      needed.add(implied(Change.PREPARE, "iam:PassRole", stackRole.value()));
      if (capabilities.contains(Capability.AUTO_EXPAND)) {
        needed.add(change(Change.PREPARE, "cloudformation:CreateChangeSet", transforms(at)));
        needed.add(undo("cloudformation:CreateChangeSet", transforms(at)));
      }
      needed.addAll(forTemplates(at));
      needed.add(undo("cloudformation:DeleteChangeSet", it));
      needed.add(undo("cloudformation:CreateChangeSet", it));
      needed.add(undo("cloudformation:ExecuteChangeSet", it));
      needed.add(undo("cloudformation:DeleteStack", it));
      return List.copyOf(needed);
    }

    private List<Permission> forTemplates(Realm at) {
      List<Permission> needed = new ArrayList<>();
      if (template != null) {
        needed.add(look("cloudformation:GetTemplateSummary", Realm.ANYTHING));
        needed.add(
            implied(
                Change.PREPARE,
                template.version().isEmpty() ? "s3:GetObject" : "s3:GetObjectVersion",
                at.universal("s3", template.object())));
        needed.add(implied(Change.PREPARE, "kms:Decrypt", at.arn("kms", "key/*")));
      }
      if (formerTemplate != null) {
        String former = at.universal("s3", formerTemplate.object());
        needed.add(look("s3:GetObject", former));
        needed.add(implied(Change.PREPARE, "s3:GetObjectVersion", former));
      }
      return needed;
    }
  }

  /**
   * Those that AWS hosts, such as AWS::Serverless-2016-10-31, and the account's own macros.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html">
   *     Actions, resources, and condition keys for AWS CloudFormation</a>
   */
  private static String[] transforms(Realm at) {
    String hosted =
        "arn:%s:cloudformation:%s:aws:transform/*".formatted(at.region().partition(), at.region());
    return new String[] {hosted, at.arn("cloudformation", "transform/*")};
  }

  /** What a template must be allowed explicitly. */
  enum Capability {
    IAM,
    /** IAM resources with names of their own. */
    NAMED_IAM,
    /** Transforms (AWS::Serverless and other macros) and nested stacks. */
    AUTO_EXPAND
  }

  @Facts(
      kind = "cfn.deleteStack",
      says =
          "Deletes a stack that carries the tags you expect, with everything in it, to stop the"
              + " cost of a recovery Region that serves no more. Refused if the stack lacks a tag,"
              + " is protected from termination, or would delete a data resource that mayDelete"
              + " does not name.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "stack",
      undo = Undo.ONE_WAY,
      undoing =
          "One-way: deploy the stack again; the data in it is gone unless it was retained or"
              + " snapshotted.",
      drill = Drill.REFUSED,
      drilling = "Refused: drills delete only the copies they made themselves.",
      budget = "2h")
  record DeleteStack(
      @Says("The stack, by its exact name in this Region.") String stack,
      @Says("Tags that the stack must carry, or it is not deleted; at least one.")
          Map<String, String> expects,
      @Says("The role that CloudFormation works with.") Arn stackRole,
      @Says(
              "Logical ids of data resources (databases, caches, buckets, tables) that may go with"
                  + " it; those that the template retains or snapshots need no mention.")
          @OneOrMany
          List<String> mayDelete)
      implements Cfn {
    public enum Change implements Action.Change {
      @Does("DeleteStack, until the stack is DELETE_COMPLETE.")
      @Lasts(min = "3m", likely = "15m", max = "45m", source = ESTIMATE)
      DELETE
    }

    public record Outputs(
        @Says("The name of the deleted stack.") @Like("{stack}") String stack,
        @Says("Its ARN, under which AWS still shows it for 90 days.")
            @Like(
                "arn:{partition}:cloudformation:{region}:{account}:stack/{stack}/11111111-2222-3333-4444-555555555555")
            Arn stackId)
        implements Action.Outputs {}

    public DeleteStack {
      requireRole(stackRole);
      if (expects.isEmpty()) {
        throw new IllegalArgumentException(
            "expects names no tag: a stack is deleted only by a tag agreed upon");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("cloudformation", "stack/" + stack + "/*");
      return List.of(
          look("cloudformation:DescribeStacks", it),
          look("cloudformation:DescribeStackEvents", it),
          look("cloudformation:DescribeStackResources", it),
          look("cloudformation:GetTemplate", it),
          change(Change.DELETE, "cloudformation:DeleteStack", it),
          implied(Change.DELETE, "iam:PassRole", stackRole.value()));
    }
  }

  private static void requireRole(Arn role) {
    if (!role.service().equals("iam") || !role.resource().startsWith("role/")) {
      throw new IllegalArgumentException("stackRole '" + role + "' is not the ARN of a role");
    }
  }
}
