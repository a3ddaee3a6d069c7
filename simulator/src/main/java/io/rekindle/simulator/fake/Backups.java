package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** AWS Backup: vaults with recovery points, and the jobs that restore databases from them. */
public final class Backups implements Fake {
  private static final String SERVICE = "backup";
  private final List<RecoveryPoint> points = new CopyOnWriteArrayList<>();
  private final RestoreJobs jobs;
  private final Tempo tempo;

  Backups(Tempo tempo) {
    this.tempo = tempo;
    jobs = new RestoreJobs(tempo);
  }

  Tempo tempo() {
    return tempo;
  }

  void keep(RecoveryPoint point) {
    points.add(point);
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.service().equals("rds") || request.service().equals(SERVICE)) {
      jobs.advance(next);
    }
    if (!request.service().equals(SERVICE)) {
      return next.answer(request);
    }
    try {
      return asked(request, next);
    } catch (Refused refused) {
      return refused.refusal.to(request);
    }
  }

  private Reply asked(Request request, Cloud next) {
    return switch (request.operation()) {
      case "ListRecoveryPointsByBackupVault" -> points(request);
      case "DescribeRecoveryPoint" -> Reply.json(Json.print(point(request).shown()));
      case "GetRecoveryPointRestoreMetadata" -> metadata(point(request));
      case "StartRestoreJob" ->
          Reply.json(Json.print(Map.of("RestoreJobId", jobs.start(request, here(request), next))));
      case "ListRestoreJobs" -> jobs(request);
      case "DescribeRestoreJob" -> Reply.json(Json.print(job(request).shown()));
      case "GetRestoreJobMetadata" ->
          Reply.json(
              Json.print(
                  Map.of("RestoreJobId", job(request).id(), "Metadata", job(request).metadata())));
      default -> next.answer(request);
    };
  }

  private List<RecoveryPoint> here(Request request) {
    return points.stream().filter(point -> point.isHere(request)).toList();
  }

  private Reply points(Request request) {
    String vault = segment(request, 1);
    List<RecoveryPoint> all =
        here(request).stream().filter(point -> point.vault().name().equals(vault)).toList();
    if (all.isEmpty()) {
      throw notFound("Backup vault " + vault + " not found");
    }
    Stream<RecoveryPoint> asked =
        all.stream()
            .filter(matching(request, "resourceArn", point -> point.origin().database()))
            .filter(matching(request, "resourceType", RecoveryPoint::type))
            .filter(isBetween(request, point -> point.origin().created()));
    return page(request, "RecoveryPoints", asked.map(RecoveryPoint::listed).toList());
  }

  private RecoveryPoint point(Request request) {
    String arn = segment(request, 3);
    return here(request).stream()
        .filter(point -> point.vault().name().equals(segment(request, 1)))
        .filter(point -> point.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> notFound("Recovery point " + arn + " not found"));
  }

  private static Reply metadata(RecoveryPoint point) {
    return Reply.json(
        Json.print(
            Map.of(
                "BackupVaultArn", point.vault().arn(),
                "RecoveryPointArn", point.arn(),
                "ResourceType", point.type(),
                "RestoreMetadata", point.metadata())));
  }

  private Reply jobs(Request request) {
    Stream<RestoreJob> asked =
        jobs.here(request)
            .filter(matching(request, "resourceType", job -> job.point().type()))
            .filter(matching(request, "status", RestoreJob::status))
            .filter(isBetween(request, RestoreJob::created));
    return page(request, "RestoreJobs", asked.map(RestoreJob::shown).toList());
  }

  private RestoreJob job(Request request) {
    String id = segment(request, 1);
    return jobs.here(request)
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(() -> notFound("Restore job " + id + " not found"));
  }

  private static <T> Predicate<T> matching(Request request, String key, Function<T, String> of) {
    Optional<String> asked = request.parameter(key);
    return each -> asked.map(of.apply(each)::equals).orElse(true);
  }

  private static <T> Predicate<T> isBetween(Request request, Function<T, Instant> of) {
    Optional<Instant> after = request.parameter("createdAfter").map(Instant::parse);
    Optional<Instant> before = request.parameter("createdBefore").map(Instant::parse);
    return each ->
        after.map(of.apply(each)::isAfter).orElse(true)
            && before.map(of.apply(each)::isBefore).orElse(true);
  }

  private static Reply page(Request request, String name, List<Map<String, Object>> all) {
    int first = request.parameter("nextToken").map(Integer::parseInt).orElse(0);
    int most = request.parameter("maxResults").map(Integer::parseInt).orElse(all.size());
    int end = Math.min(first + most, all.size());
    List<Map<String, Object>> some = all.subList(first, end);
    return Reply.json(
        Json.print(
            end < all.size()
                ? Map.of(name, some, "NextToken", String.valueOf(end))
                : Map.of(name, some)));
  }

  private static String segment(Request request, int number) {
    return URLDecoder.decode(
        request.path().substring(1).split("/", -1)[number], StandardCharsets.UTF_8);
  }

  static Refused notFound(String what) {
    return new Refused("ResourceNotFoundException", what);
  }

  /** Ends what cannot be done. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Refusal refusal;

    Refused(String code, String message) {
      super(message);
      refusal = new Refusal(400, code, message);
    }
  }

  @Override
  public void forget() {
    points.clear();
    jobs.forget();
  }
}
