package io.rekindle.plan;

import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Shorthand;
import io.rekindle.plan.shape.Component.Source;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.RegionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Region with what is different there. */
public record Region(
    @Says("The Region's name.") @Shorthand RegionName region,
    @Says("The role to take on there, through the Region's own STS.") @Nullable Arn role,
    @Says("Names of things in this Region, read as ${primary.name} or ${recovery.name}.")
        Map<String, String> values,
    @Source Node.Fields source) {

  /** What {@code ${side.name}} reads. */
  public Optional<String> value(String name) {
    return name.equals("region")
        ? Optional.of(region.value())
        : Optional.ofNullable(values.get(name));
  }

  /** The same with other values laid over its own. */
  public Region with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(others);
    return new Region(region, role, Map.copyOf(all), source);
  }

  /** The account that the role names, or the wildcard. */
  public String account() {
    return role == null ? "*" : role.account();
  }

  /** The two ends of a recovery. They never swap meaning, also in failback. */
  public enum Side {
    PRIMARY,
    RECOVERY
  }
}
