package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.InstanceStatus;

/**
 * How an instance or a cluster is.
 *
 * @param isBad whether waiting does not help
 * @param isGoing whether it is being deleted
 * @param says how it is, after its name
 */
public record State(
    boolean isUsable, boolean isBad, boolean isGoing, boolean lacksMachines, String says) {
  public static State of(InstanceStatus status) {
    return new State(
        status.isUsable(),
        status.isBad(),
        status.is(InstanceStatus.DELETING),
        status.is(InstanceStatus.LACKS_CAPACITY),
        status.says());
  }
}
