package io.rekindle.plan.step.proof;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.OneOrMany;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proof that what was recovered is watched again. */
public sealed interface VerifyAlarms extends Verify {

  @Facts(
      kind = "verify.alarm",
      says =
          "Waits until CloudWatch alarms are OK: neither ALARM nor INSUFFICIENT_DATA, to which an"
              + " alarm falls silently when what it follows is restored or renamed. An alarm to"
              + " which missing data is good stays OK all the same, and proves nothing.",
      role = Role.VERIFY,
      plane = Plane.CONTROL,
      settles = @Lasts(min = "5s", likely = "3m", max = "15m", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as it is: reading alarms changes nothing.",
      budget = "30m")
  record Alarm(
      @Says("The alarms, metric or composite, by their names in this Region.") @OneOrMany
          List<String> names,
      @Says("What the names of the alarms begin with; there must be one at least.")
          @Nullable String prefix)
      implements VerifyAlarms {
    public record Outputs(@Says("How many alarms are OK.") @Like("1") int alarms)
        implements Action.Outputs {}

    /** So many CloudWatch tells of at once. */
    private static final int MOST = 100;

    public Alarm {
      if (names.isEmpty() == (prefix == null)) {
        throw new IllegalArgumentException("one of names and prefix is needed, and not both");
      }
      if (names.size() > MOST) {
        throw new IllegalArgumentException("names are at most " + MOST + ": give their prefix");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      // A narrower permission answers nothing about composite alarms:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
      return List.of(look("cloudwatch:DescribeAlarms", Realm.ANYTHING));
    }
  }
}
