package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.Secrets;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Objects come to the bucket that a rule names, after a while, unless they were there before the
 * rule. The emulator keeps rules and copies nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html">
 *     Getting replication status information</a>
 */
final class S3Replication implements Fake {
  private static final String STATUS = "x-amz-replication-status";
  private static final String WRITTEN = "last-modified";
  private final Map<String, String> destinations = new ConcurrentHashMap<>();
  private final Map<String, Copy> copies = new ConcurrentHashMap<>();
  private final Map<String, String> replicas = new ConcurrentHashMap<>();
  private final Map<String, Instant> replicated = new ConcurrentHashMap<>();
  private final Tempo tempo;

  S3Replication(Tempo tempo) {
    this.tempo = tempo;
  }

  /**
   * What is to be copied to a place.
   *
   * @param from the path of the original
   */
  private record Copy(Request asWritten, String from, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("s3")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "PutBucketReplication" -> ruled(request, next);
      case "PutObject" -> written(request, next);
      case "HeadObject", "GetObject" -> shown(request, next);
      default -> next.answer(request);
    };
  }

  /** One rule for all of a bucket. */
  private Reply ruled(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      NodeList buckets = Xml.parse(request.text()).getElementsByTagName("Bucket");
      String arn = ((Element) buckets.item(0)).getTextContent();
      destinations.put(bucket(request.path()), arn.substring(arn.lastIndexOf(':') + 1));
    }
    return reply;
  }

  private static String bucket(String path) {
    return path.split("/", 3)[1];
  }

  private Reply written(Request request, Cloud next) {
    String path = request.path();
    Optional.ofNullable(copies.get(path)).ifPresent(copy -> arrive(path, copy, next));
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      replicas.remove(path);
      Optional.ofNullable(destinations.get(bucket(path)))
          .map(to -> "/" + to + "/" + path.split("/", 3)[2])
          .ifPresent(to -> begin(new Copy(request.at(to), path, end())));
    }
    return reply;
  }

  private void begin(Copy copy) {
    copies.put(copy.asWritten().path(), copy);
    replicated.put(copy.from(), copy.until());
  }

  /** Mostly seconds, and as long as other replication between Regions. */
  private Instant end() {
    return tempo.end("PutBucketReplication", Secrets.Replicate.class, "replicate");
  }

  private Reply shown(Request request, Cloud next) {
    String path = request.path();
    Optional.ofNullable(copies.get(path)).ifPresent(copy -> arrive(path, copy, next));
    Reply reply = next.answer(request);
    String original = replicas.get(path);
    if (!reply.succeeded()) {
      return reply;
    }
    return original == null ? original(path, reply) : replica(reply, original);
  }

  private void arrive(String path, Copy copy, Cloud next) {
    if (tempo.now().isBefore(copy.until()) || !copies.remove(path, copy)) {
      return;
    }
    Reply original = next.answer(copy.asWritten().asGet("GetObject", copy.from()));
    next.answer(copy.asWritten());
    replicas.put(path, original.header(WRITTEN).orElse(""));
  }

  private Reply original(String path, Reply reply) {
    Instant until = replicated.get(path);
    return until == null
        ? reply
        : with(reply, Map.of(STATUS, tempo.now().isBefore(until) ? "PENDING" : "COMPLETED"));
  }

  private static Reply replica(Reply reply, String written) {
    return with(reply, Map.of(STATUS, "REPLICA", WRITTEN, written));
  }

  private static Reply with(Reply reply, Map<String, String> more) {
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    more.forEach((name, value) -> headers.put(name, List.of(value)));
    return new Reply(reply.status(), headers, reply.body());
  }

  @Override
  public void forget() {
    destinations.clear();
    copies.clear();
    replicas.clear();
    replicated.clear();
  }
}
