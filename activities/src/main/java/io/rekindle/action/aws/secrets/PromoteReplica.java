package io.rekindle.action.aws.secrets;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.PromoteReplica.Change;
import io.rekindle.plan.step.data.Secrets.PromoteReplica.Outputs;
import io.rekindle.plan.step.data.Secrets.Stored;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;

/** Only the Region of the replica is asked: its primary's may be down. */
@Singleton
final class PromoteReplica implements ActionHandler<Secrets.PromoteReplica> {
  @Override
  public Class<Secrets.PromoteReplica> declaration() {
    return Secrets.PromoteReplica.class;
  }

  private static SecretsManagerClient client(Work<Secrets.PromoteReplica> work) {
    return work.client(SecretsManagerClient.class, SecretsManagerClient::builder);
  }

  private static Optional<RegionalSecret> find(Work<Secrets.PromoteReplica> work) {
    return RegionalSecret.find(client(work), work.with().secret(), work.call().region());
  }

  private static String it(Work<Secrets.PromoteReplica> work) {
    return "the secret %s in %s ".formatted(work.with().secret(), work.call().region());
  }

  @Override
  public Observation observe(Work<Secrets.PromoteReplica> work) {
    Optional<RegionalSecret> found = find(work);
    if (found.isEmpty()) {
      return new Broken(it(work) + "does not exist");
    }
    if (found.get().isBeingDeleted()) {
      return new Broken(it(work) + "is scheduled for deletion: restore it first");
    }
    if (found.get().primaryRegion().isEmpty()) {
      Arn arn = new Arn(found.get().shown().arn());
      return Settled.of(new Outputs(new Stored(work.with().secret(), arn)));
    }
    if (work.hasJustMade(Change.PROMOTE)) {
      throw work.underWay(it(work) + "still shows its primary Region", SyncFromRds.LOOK);
    }
    return Due.of(Change.PROMOTE);
  }

  @Override
  public void apply(Work<Secrets.PromoteReplica> work, Due due) {
    boolean follows = find(work).flatMap(RegionalSecret::primaryRegion).isPresent();
    if (due.is(Change.PROMOTE) && follows) {
      promote(work);
    }
  }

  /** What is promoted already is refused, also to the SDK that asks again after a lost answer. */
  private static void promote(Work<Secrets.PromoteReplica> work) {
    try {
      client(work).stopReplicationToReplica(request -> request.secretId(work.with().secret()));
    } catch (InvalidRequestException | InvalidParameterException refused) {
      if (find(work).flatMap(RegionalSecret::primaryRegion).isPresent()) {
        throw refused;
      }
    }
  }

  @Override
  public void undo(Work<Secrets.PromoteReplica> work) {
    throw work.refused("a promoted secret follows no other Region again: replicate it anew");
  }

  @Override
  public Readiness check(Work<Secrets.PromoteReplica> work) {
    Optional<RegionalSecret> found = find(work);
    Optional<String> primary = found.flatMap(RegionalSecret::primaryRegion);
    String says =
        primary
            .map(region -> "is a replica of " + region)
            .orElse(found.isPresent() ? "is no replica" : "does not exist");
    return new Readiness(primary.isPresent(), it(work) + says, null);
  }
}
