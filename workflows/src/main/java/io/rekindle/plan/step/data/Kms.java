package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.util.List;

/** AWS KMS keys. */
public sealed interface Kms extends Action {

  @Facts(
      kind = "kms.assertUsable",
      says =
          "Asks KMS whether a key of this Region is enabled and whether this role may use it, by a"
              + " dry run. Keys are Regional: what is encrypted under the other Region's key cannot"
              + " be restored here.",
      role = Role.CONFIG,
      plane = Plane.DATA,
      settles = @Lasts(min = "1s", likely = "1s", max = "10s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as always: it only looks.",
      budget = "5m")
  record AssertUsable(@Says("The key, in this Region; the key itself, not an alias.") Arn key)
      implements Kms {
    public record Outputs(
        @Says("The key.") @Like("{key}") Arn key, @Says("Its state.") @Like("Enabled") String state)
        implements Action.Outputs {}

    public AssertUsable {
      if (!key.service().equals("kms") || !key.resource().startsWith("key/")) {
        throw new IllegalArgumentException("key is not the ARN of a key; an alias does not do");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("kms:DescribeKey", key.value()),
          look("kms:GenerateDataKeyWithoutPlaintext", key.value()));
    }
  }
}
