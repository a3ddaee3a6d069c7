package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * RebootDBInstance has neither a name nor a token that would make a repeated one the same. So after
 * a lost answer AWS must tell whether it happened:
 *
 * <ul>
 *   <li>it is under way as long as the status is {@code rebooting}, and AWS refuses another;
 *   <li>it has happened when there is an event newer than the newest one from before, both by AWS's
 *       own clock: "an Amazon RDS event is created when the reboot is completed".
 * </ul>
 *
 * What is left is the moment in which AWS has accepted it and shows nothing yet. Therefore only a
 * first attempt sends it, once; all later ones end before the workflow looks again; and it is due
 * again only when looks have found neither for so long.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RebootDBInstance.html">
 *     RebootDBInstance</a>
 */
record Reboot(Work<?> work, Action.Change change) {
  /** How long AWS may take to show what it has accepted. */
  private static final Duration UNTIL_SEEN = Duration.ofMinutes(2);

  /**
   * What was so before.
   *
   * @param restarted when it was restarted last; absent if it was not within two weeks
   */
  record Former(Instant asked, @Nullable Instant restarted) {
    private boolean isBefore(Instant restart) {
      return restarted == null || restart.isAfter(restarted);
    }
  }

  Due due(DBInstance instance) {
    return due(List.of(instance));
  }

  /** What is newer than the newest restart of any of them was made for this. */
  Due due(List<DBInstance> instances) {
    Optional<Instant> newest =
        instances.stream().flatMap(each -> last(each).stream()).max(Comparator.naturalOrder());
    return Due.of(change, new Former(work.call().now(), newest.orElse(null)));
  }

  /** What was so before it was first due; empty as long as it was not. */
  Optional<Former> former() {
    return work.before(change, Former.class);
  }

  /** When the instance was restarted after it was first due. */
  Optional<Instant> happened(DBInstance instance) {
    return former().flatMap(former -> last(instance).filter(former::isBefore));
  }

  private Optional<Instant> last(DBInstance instance) {
    return new Restarts(Instances.of(work).rds()).last(instance.dbInstanceIdentifier());
  }

  /** Whether AWS may have accepted it and not show it yet. */
  boolean mayBeHidden() {
    return isFresh(work.changed());
  }

  boolean isFresh(Instant time) {
    return Instant.now().isBefore(time.plus(work.pace().of(UNTIL_SEEN)));
  }

  void send(DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    InstanceStatus status = Instances.statusOf(instance);
    if (work.isRepeated() || status.is("rebooting") || happened(instance).isPresent()) {
      return;
    }
    if (!status.isUsable()) {
      throw work.underWay("the DB instance " + id + " " + status.says(), Instances.LOOK);
    }
    work.clientThatSendsOnce(RdsClient.class, RdsClient::builder)
        .rebootDBInstance(request -> request.dbInstanceIdentifier(id));
  }
}
