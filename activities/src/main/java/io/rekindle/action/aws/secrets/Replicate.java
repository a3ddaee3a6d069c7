package io.rekindle.action.aws.secrets;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.Replicate.Change;
import io.rekindle.plan.step.data.Secrets.Replicate.Outputs;
import io.rekindle.plan.step.data.Secrets.Stored;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ReplicaRegionType;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.StatusType;

/**
 * The primary is told in its own Region to replicate itself, and says there how far it is; what the
 * replica became is looked at in its Region.
 */
@Singleton
final class Replicate implements ActionHandler<Secrets.Replicate> {
  @Override
  public Class<Secrets.Replicate> declaration() {
    return Secrets.Replicate.class;
  }

  private static SecretsManagerClient there(Work<Secrets.Replicate> work) {
    return work.clientIn(
        source(work).region(), SecretsManagerClient.class, SecretsManagerClient::builder);
  }

  private static Arn source(Work<Secrets.Replicate> work) {
    return work.with().source();
  }

  private static String here(Work<Secrets.Replicate> work) {
    return work.call().region();
  }

  private static Optional<RegionalSecret> primary(Work<Secrets.Replicate> work) {
    return RegionalSecret.find(there(work), source(work).value(), source(work).region());
  }

  private static Optional<RegionalSecret> replica(Work<Secrets.Replicate> work) {
    SecretsManagerClient client =
        work.client(SecretsManagerClient.class, SecretsManagerClient::builder);
    return RegionalSecret.find(client, work.with().name(), here(work));
  }

  private static String says(Work<Secrets.Replicate> work, String what) {
    return "the secret %s in %s %s".formatted(work.with().name(), here(work), what);
  }

  @Override
  public Observation observe(Work<Secrets.Replicate> work) {
    Optional<RegionalSecret> primary = primary(work);
    Optional<String> lack = lackOf(work, primary);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    return primary
        .flatMap(found -> found.replicaIn(here(work)))
        .map(status -> progress(work, status))
        .orElseGet(() -> beginning(work));
  }

  private static Optional<String> lackOf(
      Work<Secrets.Replicate> work, Optional<RegionalSecret> primary) {
    if (source(work).region().equals(here(work))) {
      return Optional.of("the secret %s is in this Region already".formatted(source(work)));
    }
    if (primary.isEmpty()) {
      return Optional.of("the secret %s does not exist".formatted(source(work)));
    }
    if (primary.get().isBeingDeleted()) {
      return Optional.of(
          "the secret %s is scheduled for deletion: restore it first".formatted(source(work)));
    }
    return primary
        .get()
        .primaryRegion()
        .map(other ->
            "the secret %s is itself a replica of %s: name that one, or promote it first"
                .formatted(source(work), other));
  }

  private static Observation progress(Work<Secrets.Replicate> work, ReplicationStatusType status) {
    return switch (status.status()) {
      case FAILED -> failed(work, status);
      case IN_SYNC -> inSync(work);
      case IN_PROGRESS, UNKNOWN_TO_SDK_VERSION ->
          throw work.underWay(says(work, "is " + status.statusAsString()), SyncFromRds.LOOK);
    };
  }

  /** Asking again is how AWS retries. What this step has asked for it does not ask for twice. */
  private static Observation failed(Work<Secrets.Replicate> work, ReplicationStatusType status) {
    String why =
        says(
            work,
            "could not be made: "
                + Objects.requireNonNullElse(status.statusMessage(), "AWS says no more"));
    return work.made(Change.REPLICATE).isEmpty() ? beginning(work) : new Broken(why);
  }

  private static Observation inSync(Work<Secrets.Replicate> work) {
    Optional<RegionalSecret> replica =
        replica(work).filter(found -> found.isReplicaOf(source(work).region()));
    if (replica.isEmpty()) {
      throw work.underWay(says(work, "is InSync and not shown yet"), SyncFromRds.LOOK);
    }
    return Settled.of(
        new Outputs(new Stored(work.with().name(), new Arn(replica.get().shown().arn()))));
  }

  private static Observation beginning(Work<Secrets.Replicate> work) {
    if (work.hasJustMade(Change.REPLICATE)) {
      throw work.underWay(
          "AWS accepted the replication of " + work.with().name() + " and does not show it yet",
          SyncFromRds.LOOK);
    }
    return inTheWay(work).<Observation>map(Broken::new).orElseGet(() -> Due.of(Change.REPLICATE));
  }

  private static Optional<String> inTheWay(Work<Secrets.Replicate> work) {
    Optional<RegionalSecret> found = replica(work);
    Optional<String> other =
        found
            .flatMap(RegionalSecret::primaryRegion)
            .filter(region -> !region.equals(source(work).region()));
    if (other.isPresent()) {
      return Optional.of(says(work, "is a replica of " + other.get() + ": end that first"));
    }
    boolean own = found.isPresent() && found.get().primaryRegion().isEmpty();
    return own && !work.with().overwrite()
        ? Optional.of(
            says(
                work,
                "exists already: remove it, or let its value go (retry --set overwrite=true)"))
        : Optional.empty();
  }

  @Override
  public void apply(Work<Secrets.Replicate> work, Due due) {
    Optional<ReplicationStatusType> status =
        primary(work).flatMap(found -> found.replicaIn(here(work)));
    if (due.is(Change.REPLICATE)
        && status.filter(it -> it.status() != StatusType.FAILED).isEmpty()
        && inTheWay(work).isEmpty()) {
      there(work)
          .replicateSecretToRegions(request ->
              request
                  .secretId(source(work).value())
                  .addReplicaRegions(region(work))
                  .forceOverwriteReplicaSecret(work.with().overwrite()));
    }
  }

  private static ReplicaRegionType region(Work<Secrets.Replicate> work) {
    Arn key = work.with().kmsKey();
    return ReplicaRegionType.builder()
        .region(here(work))
        .kmsKeyId(key == null ? null : key.value())
        .build();
  }

  /** What was promoted meanwhile the primary lists no more, and stays. */
  @Override
  public void undo(Work<Secrets.Replicate> work) {
    boolean listed =
        work.made(Change.REPLICATE).isPresent()
            && primary(work).flatMap(found -> found.replicaIn(here(work))).isPresent();
    if (listed) {
      there(work)
          .removeRegionsFromReplication(
              request -> request.secretId(source(work).value()).removeReplicaRegions(here(work)));
      throw work.underWay(says(work, "is being removed"), SyncFromRds.LOOK);
    }
  }

  @Override
  public Readiness check(Work<Secrets.Replicate> work) {
    Optional<RegionalSecret> primary = primary(work);
    boolean already = primary.flatMap(found -> found.replicaIn(here(work))).isPresent();
    Optional<String> lack =
        lackOf(work, primary).or(() -> already ? Optional.empty() : inTheWay(work));
    return new Readiness(
        lack.isEmpty(),
        lack.orElse(
            "the secret %s %s %s"
                .formatted(
                    source(work),
                    already ? "is replicated to" : "can be replicated to",
                    here(work))),
        null);
  }
}
