package io.rekindle.action.aws.eks;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.plan.step.compute.Eks.ScaleNodegroup.Change;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;

/** The sizes of a node group, as history holds them: its components have their names there. */
record Sizes(int min, int max, int desired) {
  static Sizes of(Nodegroup group) {
    NodegroupScalingConfig sizes = group.scalingConfig();
    return new Sizes(sizes.minSize(), sizes.maxSize(), sizes.desiredSize());
  }

  /** What they were before the step changed them; the present ones if it has not. */
  static Sizes former(Work<Eks.ScaleNodegroup> work, Sizes present) {
    return work.before(Change.SCALE, Sizes.class).orElse(present);
  }

  /** What the step wants. A drill takes nothing away from what runs. */
  static Sizes wanted(Work<Eks.ScaleNodegroup> work, Sizes former) {
    Eks.ScaleNodegroup with = work.with();
    Sizes given = new Sizes(with.min(), with.max(), with.desired());
    return work.call().drill() ? given.orMore(former) : given;
  }

  private Sizes orMore(Sizes other) {
    return new Sizes(
        Math.max(min, other.min), Math.max(max, other.max), Math.max(desired, other.desired));
  }

  /** Whether a cluster autoscaler may have made these of others: it keeps within the limits. */
  boolean canComeOf(Sizes others) {
    return min == others.min && max == others.max && min <= desired && desired <= max;
  }

  NodegroupScalingConfig asked() {
    return NodegroupScalingConfig.builder().minSize(min).maxSize(max).desiredSize(desired).build();
  }

  /** For a person who has to set them. */
  String inWords() {
    return "min %d, max %d, desired %d".formatted(min, max, desired);
  }
}
