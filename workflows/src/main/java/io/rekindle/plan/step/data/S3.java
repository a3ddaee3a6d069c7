package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Default;
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
import io.rekindle.plan.step.data.Databases.Recovered;
import java.time.Duration;
import java.util.List;

/** Amazon S3 buckets that are replicated between Regions. */
public sealed interface S3 extends Action {

  @Facts(
      kind = "s3.assertReplicated",
      says =
          "Looks at the replica of a canary object, which the other Region writes again and again,"
              + " in the bucket of this Region: broken when it is no replica or too old."
              + " Replication skips objects that were there before its rule, and a fresh canary"
              + " does not show that they arrived.",
      role = Role.DATA,
      plane = Plane.DATA,
      settles = @Lasts(min = "1s", likely = "1s", max = "10s", source = ESTIMATE),
      guard = Guard.STATE,
      drill = Drill.ISOLATED,
      drilling = "Runs as always: it only looks.",
      budget = "5m")
  record AssertReplicated(
      @Says("The bucket that receives the replicas, in this Region.") String bucket,
      @Says("The key of the canary object.") String key,
      @Says(
              "How old the canary object may be: more than the pause between two of them and the"
                  + " time that replication takes.")
          @Default("30m")
          Duration maxLag)
      implements S3 {
    public record Outputs(
        @Says("The bucket in this Region.") @Like("{bucket}") String bucket,
        @Says("The replication status of the canary object.") @Like("REPLICA") String status,
        @Says(
                "When the canary object was written in the other Region: the bucket holds data up"
                    + " to then.")
            Recovered recovered)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("s3:GetObject", at.universal("s3", bucket + "/" + key)),
          look("s3:ListBucket", at.universal("s3", bucket)));
    }
  }
}
