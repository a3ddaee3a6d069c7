package io.rekindle.action.aws.elasticache;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Elasticache;
import io.rekindle.plan.step.data.Elasticache.EnsureServerless.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.ServerlessCache;

/** A cache that is there is used, whoever made it; a drill uses none but its own. */
@Singleton
final class EnsureServerless implements ActionHandler<Elasticache.EnsureServerless> {
  @Override
  public Class<Elasticache.EnsureServerless> declaration() {
    return Elasticache.EnsureServerless.class;
  }

  @Override
  public Observation observe(Work<Elasticache.EnsureServerless> work) {
    Caches caches = new Caches(work);
    Optional<ServerlessCache> found = caches.find();
    if (found.isEmpty()) {
      return Due.of(Change.CREATE);
    }
    ServerlessCache cache = found.get();
    Optional<String> lack = lack(caches, cache);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    if (work.call().drill()) {
      Map<String, String> tags = caches.tags(cache);
      if (!work.ownership().owns(tags)) {
        return new Foreign(Ownership.ownerOf(tags));
      }
    }
    await(caches, cache);
    return Settled.of(
        new Elasticache.EnsureServerless.Outputs(
            cache.serverlessCacheName(),
            new Arn(cache.arn()),
            cache.endpoint().address(),
            cache.endpoint().port()));
  }

  private static Optional<String> lack(Caches caches, ServerlessCache cache) {
    String wanted = Caches.word(caches.work().with().engine());
    if (!cache.engine().equals(wanted)) {
      return Optional.of(
          "%s speaks %s and should speak %s: name another, or correct engine (retry --set)"
              .formatted(caches.it(), cache.engine(), wanted));
    }
    return Caches.status(cache).equals("create-failed")
        ? Optional.of(
            caches.it()
                + " is 'create-failed', and AWS does not say why: see its events and quotas, delete"
                + " it, then retry")
        : Optional.empty();
  }

  /** It answers while it is modified. */
  private static boolean isUsable(ServerlessCache cache) {
    String status = Caches.status(cache);
    return (status.equals("available") || status.equals("modifying")) && cache.endpoint() != null;
  }

  private static void await(Caches caches, ServerlessCache cache) {
    if (!isUsable(cache)) {
      throw caches
          .work()
          .underWay("%s is '%s'".formatted(caches.it(), Caches.status(cache)), Caches.LOOK);
    }
  }

  @Override
  public void apply(Work<Elasticache.EnsureServerless> work, Due due) {
    Caches caches = new Caches(work);
    if (caches.find().isEmpty()) {
      caches.create();
    }
  }

  /** Tags tell whose it is, also where the past of the run was put back. */
  @Override
  public void undo(Work<Elasticache.EnsureServerless> work) {
    Caches caches = new Caches(work);
    Optional<ServerlessCache> ours =
        caches.find().filter(cache -> work.ownership().owns(caches.tags(cache)));
    if (ours.isEmpty() || mayHaveServed(work)) {
      return;
    }
    ServerlessCache cache = ours.get();
    if (isUsable(cache) || Caches.status(cache).equals("create-failed")) {
      caches.delete();
    }
    throw work.underWay("deleting " + caches.it(), Caches.LOOK);
  }

  private static boolean mayHaveServed(Work<Elasticache.EnsureServerless> work) {
    return work.call().served() && !work.call().drill();
  }

  @Override
  public Optional<String> kept(Work<Elasticache.EnsureServerless> work) {
    Caches caches = new Caches(work);
    return mayHaveServed(work) && work.made(Change.CREATE).isPresent()
        ? caches.find().map(cache -> caches.it() + " is kept, because it may have served")
        : Optional.empty();
  }

  @Override
  public Readiness check(Work<Elasticache.EnsureServerless> work) {
    Caches caches = new Caches(work);
    return caches
        .find()
        .map(cache -> readiness(caches, cache))
        .orElseGet(() ->
            new Readiness(
                true,
                caches.it()
                    + " does not exist and would be created, which needs Route 53's control plane"
                    + " in us-east-1",
                null));
  }

  private static Readiness readiness(Caches caches, ServerlessCache cache) {
    Optional<String> lack = lack(caches, cache);
    return new Readiness(
        lack.isEmpty() && isUsable(cache),
        lack.orElseGet(() ->
            "%s is '%s' and speaks %s %s"
                .formatted(
                    caches.it(), Caches.status(cache), cache.engine(), cache.fullEngineVersion())),
        null);
  }
}
