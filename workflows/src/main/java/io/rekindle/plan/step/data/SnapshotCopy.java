package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.util.stream.Stream;

/** A copy of a snapshot, made in this Region. */
public record SnapshotCopy(
    @Says("The snapshot to copy, by the ARN it has in its own Region.") Arn source,
    @Says("The base of the copy's name; the run is appended to it.") String target,
    @Says("The key in this Region that encrypts the copy.") Arn kmsKey) {

  /** AWS reads the source under its key and writes the copy under ours. */
  Stream<Permission> keys(Action.Change change, Realm at) {
    return Stream.of("kms:DescribeKey", "kms:CreateGrant")
        .map(action ->
            Permission.implied(change, action, kmsKey.value(), at.arnInAnyRegion("kms", "key/*")));
  }
}
