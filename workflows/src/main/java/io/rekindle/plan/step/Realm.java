package io.rekindle.plan.step;

import io.rekindle.plan.value.NewName;
import io.rekindle.plan.value.RegionName;

/**
 * Where a step acts, for writing ARNs.
 *
 * @param account twelve digits, or {@code *} where the plan does not tell
 * @param drill whether the step acts on copies of its own, which have names of their own
 */
public record Realm(RegionName region, String account, boolean drill) {
  /** AWS has no resource-level permission for the action: the only thing to write is {@code *}. */
  public static final String ANYTHING = "*";

  /** What is kept of every target, however short AWS wants its name. */
  private static final int KEPT = 40;

  /** The names that a step gives to what it creates, whatever the run; long ones are cut. */
  public String named(NewName made) {
    String target = made.value();
    if (target.length() > KEPT) {
      return (drill ? "drill-*-" : "") + target.substring(0, KEPT) + "*";
    }
    return drill ? "drill-*-" + target : target + "-*";
  }

  /** An ARN in this Region and account: {@code arn("rds", "db:orders-*")}. */
  public String arn(String service, String resource) {
    return "arn:"
        + region.partition()
        + ":"
        + service
        + ":"
        + region
        + ":"
        + account
        + ":"
        + resource;
  }

  /** An ARN in this Region of any account, for what accounts share. */
  public String arnInAnyAccount(String service, String resource) {
    return "arn:" + region.partition() + ":" + service + ":" + region + ":*:" + resource;
  }

  /** An ARN in any Region of this account, for what is read across Regions. */
  public String arnInAnyRegion(String service, String resource) {
    return "arn:" + region.partition() + ":" + service + ":*:" + account + ":" + resource;
  }

  /** An ARN without a Region, as IAM has: {@code global("iam", "role/ecsTasks")}. */
  public String global(String service, String resource) {
    return "arn:" + region.partition() + ":" + service + "::" + account + ":" + resource;
  }

  /** An ARN with neither Region nor account, as S3 and Route 53 have. */
  public String universal(String service, String resource) {
    return "arn:" + region.partition() + ":" + service + ":::" + resource;
  }
}
