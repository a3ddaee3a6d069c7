package io.rekindle.action.aws.elasticache;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Prices;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Elasticache;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** All serverless caches. */
@Singleton
final class ElasticacheShelf implements Shelf {
  private static final String DELETING = "deleting";

  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Elasticache.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.of("serverless cache", "elasticache:serverlesscache", ElasticacheShelf::all)
            .removedBy(ElasticacheShelf::delete));
  }

  private static ElastiCacheClient client(Visit visit) {
    return visit.client(ElastiCacheClient.class, ElastiCacheClient::builder);
  }

  private static Stream<Thing> all(Visit visit) {
    ElastiCacheClient client = client(visit);
    return client.describeServerlessCachesPaginator(all -> {}).serverlessCaches().stream()
        .map(cache ->
            Thing.of(
                    cache.serverlessCacheName(),
                    cache.arn(),
                    Caches.tags(client, cache),
                    Prices.serverlessCache(cache.engine()))
                .in(Caches.status(cache)));
  }

  private static void delete(Visit visit, Thing cache) {
    if (!cache.state().equals(DELETING)) {
      Caches.delete(client(visit), cache.name());
    }
  }
}
