package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.Default;
import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Change;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Lasts;
import io.rekindle.plan.step.Facts.Output;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Configuration that applications read from the Parameter Store of AWS Systems Manager. */
public sealed interface Config extends Action {

  @Facts(
      kind = "config.publish",
      says =
          "Writes values as parameters under a prefix in this Region, then names this Region as"
              + " <prefix>/activeRegion and raises <prefix>/epoch. An application that refuses to"
              + " write under an older epoch than the published one cannot corrupt the data; one"
              + " that read its configuration at start must be restarted.",
      role = Role.CONFIG,
      plane = Plane.CONTROL,
      changes = {
        @Change(
            name = "values",
            does = "PutParameter for each value that differs.",
            lasts = @Lasts(min = "1s", likely = "3s", max = "30s", source = ESTIMATE),
            onlyIf = "values"),
        @Change(
            name = "activate",
            does = "PutParameter for the epoch, then for the active Region.",
            lasts = @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE))
      },
      outputs = {
        @Output(name = "prefix", says = "The prefix that was written.", like = "{prefix}"),
        @Output(
            name = "activeRegion",
            says = "The Region that is published as active.",
            like = "{region}"),
        @Output(
            name = "epoch",
            says = "The epoch that is published.",
            like = "7",
            type = Long.class)
      },
      guard = Guard.STATE,
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
        if (name.equals("activeRegion") || name.equals("epoch")) {
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
          change("values", "ssm:PutParameter", ours, drilled),
          change("activate", "ssm:PutParameter", ours, drilled),
          implied("values", "ssm:AddTagsToResource", ours, drilled),
          implied("activate", "ssm:AddTagsToResource", ours, drilled),
          undo("ssm:PutParameter", ours, drilled),
          undo("ssm:DeleteParameters", ours, drilled));
    }
  }
}
