package io.rekindle.action.aws.elasticache;

import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Elasticache;
import io.rekindle.plan.step.data.Elasticache.EnsureServerless;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ServerlessCache;
import software.amazon.awssdk.services.elasticache.model.ServerlessCacheAlreadyExistsException;
import software.amazon.awssdk.services.elasticache.model.ServerlessCacheNotFoundException;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** The cache of a step. A drill's has a name of its own. */
record Caches(Work<EnsureServerless> work) {
  static final Duration LOOK = Duration.ofSeconds(15);
  private static final int LONGEST_NAME = 40;

  private ElastiCacheClient client() {
    return work.client(ElastiCacheClient.class, ElastiCacheClient::builder);
  }

  String name() {
    String cache = work.with().cache();
    return work.call().drill() ? FittedName.of(work.call().names(), cache, LONGEST_NAME) : cache;
  }

  String it() {
    return "the serverless cache %s in %s".formatted(name(), work.call().region());
  }

  static String word(Elasticache.Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }

  Optional<ServerlessCache> find() {
    try {
      return client()
          .describeServerlessCaches(request -> request.serverlessCacheName(name()))
          .serverlessCaches()
          .stream()
          .findFirst();
    } catch (ServerlessCacheNotFoundException none) {
      return Optional.empty();
    }
  }

  Map<String, String> tags(ServerlessCache cache) {
    return tags(client(), cache);
  }

  static Map<String, String> tags(ElastiCacheClient client, ServerlessCache cache) {
    Map<String, String> tags = new TreeMap<>();
    client
        .listTagsForResource(request -> request.resourceName(cache.arn()))
        .tagList()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  /** The documentation has the words of the status in capitals, and AWS answers small letters. */
  static String status(ServerlessCache cache) {
    return cache.status().toLowerCase(Locale.ROOT);
  }

  /** What a list leaves out is not the same as an empty one. */
  void create() {
    EnsureServerless with = work.with();
    List<String> snapshots = with.snapshots().stream().map(Arn::value).toList();
    @Nullable Arn key = with.kmsKey();
    try {
      client()
          .createServerlessCache(request ->
              request
                  .serverlessCacheName(name())
                  .engine(word(with.engine()))
                  .majorEngineVersion(with.engineVersion())
                  .subnetIds(with.subnets())
                  .securityGroupIds(with.securityGroups())
                  .userGroupId(with.userGroup())
                  .kmsKeyId(key == null ? null : key.value())
                  .snapshotArnsToRestore(snapshots.isEmpty() ? null : snapshots)
                  .tags(ownTags()));
    } catch (ServerlessCacheAlreadyExistsException whateverItIsTheNextLookCompares) {
      return;
    }
  }

  private List<Tag> ownTags() {
    return work.ownership().tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** What is in it can be made again, so no snapshot is left behind. */
  void delete() {
    delete(client(), name());
  }

  static void delete(ElastiCacheClient client, String name) {
    try {
      client.deleteServerlessCache(request -> request.serverlessCacheName(name));
    } catch (ServerlessCacheNotFoundException goneAlready) {
      return;
    }
  }
}
