package io.rekindle.plan.iam;

import io.rekindle.plan.shape.Shapes;

/** What a policy is for. */
public enum Duty {
  WORKER("the worker itself: to take on the roles of the plan"),
  READINESS("looks alone: probes, and checks of all that a failover would do"),
  RECOVERY("a failover in the recovery Region and in no Region, with its rollback"),
  FENCE("a failover in the primary Region: fences, and whatever else looks or acts there"),
  FAILBACK("the way back, which acts on both sides: needed only while it is under way"),
  DRILL("drills on copies of their own, with their removal");

  private final String says;

  Duty(String says) {
    this.says = says;
  }

  /** How it is called in options and names. */
  public String word() {
    return Shapes.word(this);
  }

  public String says() {
    return says;
  }
}
