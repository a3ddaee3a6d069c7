package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Configuration that applications read from the Parameter Store of AWS Systems Manager. */
public sealed interface Config extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(look("ssm:DescribeParameters", Realm.ANYTHING));
  }

  @Facts(
      kind = "config.publish",
      says =
          "Writes values as parameters under a prefix in this Region, then names this Region as"
              + " <prefix>/activeRegion and raises <prefix>/epoch. An application that refuses to"
              + " write under an older epoch than the published one cannot corrupt the data; one"
              + " that read its configuration at start must be restarted.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "prefix",
      undo = Undo.PUTS_BACK,
      undoing =
          "Writes the former values and active Region back under a new epoch, for no epoch is used"
              + " twice, and deletes parameters that were not there, all but the epoch.",
      drill = Drill.ISOLATED,
      drilling = "Writes under /drill-<run><prefix> and deletes it at the end.",
      budget = "5m")
  record Publish(
      @Says("The path that all parameters have in common, such as /orders/live.") String prefix,
      @Says(
              "The values by the rest of their path; readable by many, so name a secret, never"
                  + " write one.")
          Map<String, String> values,
      @Says(
              "The epoch becomes greater than this and than the one in this Region; a failback"
                  + " gives the epoch that the failover published.")
          @Default("0")
          @AtLeast(0)
          long epochAbove)
      implements Config {
    public enum Change implements Action.Change {
      @Does(value = "PutParameter for each value that differs.", onlyIf = "values")
      @Lasts(min = "1s", likely = "3s", max = "30s", source = ESTIMATE)
      VALUES,

      @Does("PutParameter for the epoch, then for the active Region.")
      @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE)
      ACTIVATE
    }

    public record Outputs(
        @Says("The prefix that was written.") @Like("{prefix}") String prefix,
        @Says("The Region that is published as active.") @Like("{region}") String activeRegion,
        @Says("The epoch that is published.") @Like("7") long epoch)
        implements Action.Outputs {}

    /** The parameter that names the active Region: published without being written in values. */
    public static final String ACTIVE_REGION = "activeRegion";

    /** The parameter that holds the epoch, likewise. */
    public static final String EPOCH = "epoch";

    private static final Pattern PREFIX = Pattern.compile("(?=.{1,1000}$)(/[A-Za-z0-9_.-]+)+");
    private static final Pattern NAME =
        Pattern.compile("(?=.{1,1000}$)[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

    public Publish {
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException("prefix is not a path such as /orders/live");
      }
      if (prefix.startsWith("/aws") || prefix.startsWith("/ssm")) {
        throw new IllegalArgumentException("prefix begins with a word that AWS keeps for itself");
      }
      for (Map.Entry<String, String> value : values.entrySet()) {
        String name = value.getKey();
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException("'" + name + "' is not a name such as db/host");
        }
        if (name.equals(ACTIVE_REGION) || name.equals(EPOCH)) {
          throw new IllegalArgumentException(
              "'" + name + "' is published without being written here");
        }
        if (value.getValue().isEmpty()) {
          throw new IllegalArgumentException("'" + name + "' is empty, which AWS refuses");
        }
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("ssm", "parameter" + prefix + "/*");
      String drilled = at.arn("ssm", "parameter/drill-*" + prefix + "/*");
      return List.of(
          look("ssm:GetParameters", ours, drilled),
          change(Change.VALUES, "ssm:PutParameter", ours, drilled),
          change(Change.ACTIVATE, "ssm:PutParameter", ours, drilled),
          implied(Change.VALUES, "ssm:AddTagsToResource", ours, drilled),
          implied(Change.ACTIVATE, "ssm:AddTagsToResource", ours, drilled),
          undo("ssm:PutParameter", ours, drilled),
          undo("ssm:DeleteParameters", ours, drilled));
    }
  }
}
