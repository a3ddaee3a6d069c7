package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.AtMost;
import io.rekindle.plan.shape.Says;
import java.math.BigDecimal;

/** The range in which serverless instances of a cluster scale. */
public record Capacity(
    @Says(
            "The fewest capacity units (ACU) an instance keeps; a low floor is slow under the"
                + " first load.")
        @AtLeast(0)
        @AtMost(256)
        BigDecimal min,
    @Says("The most capacity units (ACU) an instance may take.") @AtLeast(1) @AtMost(256)
        BigDecimal max) {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  public Capacity {
    if (min.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "capacity has a min of " + min + " above its max of " + max);
    }
    if (!inHalves(min) || !inHalves(max)) {
      throw new IllegalArgumentException("capacity goes in steps of 0.5");
    }
  }

  private static boolean inHalves(BigDecimal units) {
    return units.remainder(HALF).signum() == 0;
  }
}
