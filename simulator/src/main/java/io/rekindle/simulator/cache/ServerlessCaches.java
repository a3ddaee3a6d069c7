package io.rekindle.simulator.cache;

import io.rekindle.plan.step.data.Elasticache;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Serverless caches, which the emulator lacks. Each is made and deleted in its own time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html">
 *     CreateServerlessCache</a>
 */
public final class ServerlessCaches implements Fake, AutoCloseable {
  private static final String CREATE = "CreateServerlessCache";
  private static final String DELETE = "DeleteServerlessCache";
  private final Map<String, ServerlessCache> all = new ConcurrentHashMap<>();
  private final Servers servers = new Servers();
  private final Tempo tempo;

  public ServerlessCaches(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("elasticache")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case CREATE -> created(request);
      case "DescribeServerlessCaches" -> described(request);
      case DELETE -> deleted(request);
      case "ListTagsForResource" -> tagged(request);
      default -> next.answer(request);
    };
  }

  private static String arn(Request request, String name) {
    return arn(request.caller().account(), request.region(), name);
  }

  private static String arn(String account, String region, String name) {
    String id = name.toLowerCase(Locale.ROOT);
    return String.join(":", "arn:aws", "elasticache", region, account, "serverlesscache", id);
  }

  /**
   * Where a real Redis stands for a cache, which speaks without TLS. It starts when it is first
   * asked for, and what is in it is gone with the cache.
   *
   * @return empty where the cache does not answer, or this machine has no {@code redis-server}
   */
  public Optional<InetSocketAddress> address(String account, String region, String name) {
    return find(arn(account, region, name))
        .filter(cache -> cache.isRedis(tempo.now()))
        .flatMap(
            cache -> RedisServer.program().map(program -> servers.address(cache.arn(), program)));
  }

  /** What has been deleted is gone when its time is over. */
  private Optional<ServerlessCache> find(String arn) {
    Instant now = tempo.now();
    all.values().stream().filter(cache -> cache.isGone(now)).forEach(this::drop);
    return Optional.ofNullable(all.get(arn));
  }

  private void drop(ServerlessCache cache) {
    servers.end(cache.arn());
    all.remove(cache.arn(), cache);
  }

  private Reply created(Request request) {
    String arn = arn(request, request.need("ServerlessCacheName"));
    if (find(arn).isPresent()) {
      return new Refusal(
              400, "ServerlessCacheAlreadyExistsFault", "A serverless cache of that name exists.")
          .to(request);
    }
    Instant until = tempo.end(CREATE, Elasticache.EnsureServerless.class, "create");
    ServerlessCache made = ServerlessCache.of(request, arn, until, tempo.end(CREATE));
    all.put(arn, made);
    return answer(CREATE, shown(made));
  }

  private String shown(ServerlessCache cache) {
    return "<ServerlessCache>" + cache.shown(tempo.now()) + "</ServerlessCache>";
  }

  private Reply described(Request request) {
    String name = request.need("ServerlessCacheName");
    if (!name.isEmpty()) {
      return find(arn(request, name))
          .map(cache -> answer(request.operation(), list(List.of(cache))))
          .orElseGet(() -> missing(request));
    }
    Instant now = tempo.now();
    String here = arn(request, "");
    return answer(
        request.operation(),
        list(
            all.values().stream()
                .filter(cache -> cache.arn().startsWith(here) && !cache.isGone(now))
                .toList()));
  }

  private String list(List<ServerlessCache> caches) {
    return caches.stream()
        .map(cache -> "<member>" + cache.shown(tempo.now()) + "</member>")
        .collect(Collectors.joining("", "<ServerlessCaches>", "</ServerlessCaches>"));
  }

  private Reply deleted(Request request) {
    String arn = arn(request, request.need("ServerlessCacheName"));
    Optional<ServerlessCache> found = find(arn);
    if (found.isEmpty()) {
      return missing(request);
    }
    ServerlessCache cache = found.get();
    if (cache.isUnderWay(tempo.now())) {
      return new Refusal(
              400,
              "InvalidServerlessCacheStateFault",
              "The serverless cache is " + cache.status(tempo.now()) + ".")
          .to(request);
    }
    Instant until = tempo.end(DELETE, Elasticache.EnsureServerless.class, "create");
    ServerlessCache going = cache.deletedAt(until);
    all.put(arn, going);
    return answer(DELETE, shown(going));
  }

  private Reply tagged(Request request) {
    return find(request.need("ResourceName"))
        .map(cache ->
            answer(
                request.operation(),
                cache.tags().entrySet().stream()
                    .map(tag ->
                        "<Tag><Key>%s</Key><Value>%s</Value></Tag>"
                            .formatted(Xml.escaped(tag.getKey()), Xml.escaped(tag.getValue())))
                    .collect(Collectors.joining("", "<TagList>", "</TagList>"))))
        .orElseGet(() -> missing(request));
  }

  private static Reply missing(Request request) {
    return new Refusal(404, "ServerlessCacheNotFoundFault", "There is no such serverless cache.")
        .to(request);
  }

  private static Reply answer(String operation, String result) {
    return Reply.xml(
        ("<%1$sResponse xmlns=\"http://elasticache.amazonaws.com/doc/2015-02-02/\">"
                + "<%1$sResult>%2$s</%1$sResult>"
                + "<ResponseMetadata><RequestId>simulated</RequestId></ResponseMetadata>"
                + "</%1$sResponse>")
            .formatted(operation, result));
  }

  @Override
  public void forget() {
    all.clear();
    servers.close();
  }

  @Override
  public void close() {
    servers.close();
  }
}
