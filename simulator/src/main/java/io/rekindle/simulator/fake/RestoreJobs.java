package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.simulator.fake.Backups.Refused;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Restore jobs: they make real instances and clusters by what RDS itself is asked for. */
final class RestoreJobs {
  private static final String RDS = "2014-10-31";
  private static final Set<String> UNDER_WAY = Set.of("creating", "modifying", "backing-up");
  private final List<RestoreJob> all = new CopyOnWriteArrayList<>();
  private final Tempo tempo;

  RestoreJobs(Tempo tempo) {
    this.tempo = tempo;
  }

  Stream<RestoreJob> here(Request request) {
    return all.stream().filter(job -> job.point().isHere(request));
  }

  /** Gives the id of the job; with a token that was used before, that of the former job. */
  synchronized String start(Request request, List<RecoveryPoint> points, Cloud cloud) {
    JsonNode asked = Json.parse(request.text());
    String token = asked.path("IdempotencyToken").asText();
    return here(request)
        .filter(job -> !token.isEmpty() && job.token().equals(token))
        .findFirst()
        .orElseGet(() -> begin(asked, points, cloud))
        .id();
  }

  private RestoreJob begin(JsonNode asked, List<RecoveryPoint> points, Cloud cloud) {
    String arn = asked.path("RecoveryPointArn").asText();
    RecoveryPoint point =
        points.stream()
            .filter(each -> each.arn().equals(arn))
            .findFirst()
            .orElseThrow(() -> Backups.notFound("Recovery point " + arn + " not found"));
    if (!point.origin().status().equals("COMPLETED")) {
      throw new Refused(
          "InvalidRequestException", "Recovery point is in state " + point.origin().status());
    }
    if (!asked.path("ResourceType").asText(point.type()).equals(point.type())) {
      throw invalid("ResourceType does not match the recovery point");
    }
    if (asked.path("IamRoleArn").asText().isEmpty()) {
      throw invalid("IamRoleArn is required to restore " + point.type());
    }
    Instant end = tempo.end("StartRestoreJob", Backup.Restore.class, "restore");
    Duration pending = Duration.between(tempo.now(), end).dividedBy(10);
    RestoreJob job =
        new RestoreJob(
            UUID.randomUUID().toString(),
            asked.path("IdempotencyToken").asText(),
            point,
            asked.path("IamRoleArn").asText(),
            parameters(point, asked.path("Metadata")),
            Instant.now(),
            tempo.now().plus(pending),
            "PENDING",
            "",
            "");
    all.add(job);
    advance(cloud);
    return job;
  }

  private static Map<String, String> parameters(RecoveryPoint point, JsonNode metadata) {
    boolean cluster = point.origin().isCluster();
    Map<String, String> parameters = new TreeMap<>();
    metadata
        .properties()
        .forEach(given ->
            parameters.put(
                RestoreKeys.parameter(cluster, given.getKey())
                    .orElseThrow(
                        () -> invalid("Invalid restore metadata: unknown key " + given.getKey())),
                given.getValue().asText()));
    if (!parameters.containsKey(named(point))) {
      throw invalid("Invalid restore metadata: " + named(point) + " is missing");
    }
    if (!Json.parse(parameters.getOrDefault("VpcSecurityGroupIds", "[]")).isArray()) {
      throw invalid("Invalid restore metadata: VpcSecurityGroupIds is no list");
    }
    return parameters;
  }

  private static Refused invalid(String message) {
    return new Refused("InvalidParameterValueException", message);
  }

  private static String named(RecoveryPoint point) {
    return type(point) + "Identifier";
  }

  private static String type(RecoveryPoint point) {
    return point.origin().isCluster() ? "DBCluster" : "DBInstance";
  }

  /** Lets the jobs come as far as they are by now. */
  synchronized void advance(Cloud cloud) {
    all.replaceAll(job -> {
      RestoreJob begun =
          job.status().equals("PENDING") && !tempo.now().isBefore(job.begins())
              ? restore(job, client(job, cloud))
              : job;
      return begun.status().equals("RUNNING") ? followed(begun, client(job, cloud)) : begun;
    });
  }

  private static Client client(RestoreJob job, Cloud cloud) {
    RecoveryPoint.Vault vault = job.point().vault();
    return Client.of(cloud, vault.account(), vault.region());
  }

  private RestoreJob restore(RestoreJob job, Client client) {
    String[] ending = tempo.end("StartRestoreJob").split(" ", 2);
    if (!ending[0].isEmpty()) {
      return job.with(ending[0], ending.length > 1 ? ending[1] : "", "");
    }
    if (job.metadata().containsKey(RestoreKeys.SNAPSHOT)) {
      return job.with("FAILED", "Invalid restore metadata: " + RestoreKeys.SNAPSHOT, "");
    }
    boolean cluster = job.point().origin().isCluster();
    String operation = cluster ? "RestoreDBClusterFromSnapshot" : "RestoreDBInstanceFromDBSnapshot";
    Reply reply = client.form("rds", RDS, operation, fields(job));
    Element answer = Xml.parse(reply.text()).getDocumentElement();
    return reply.succeeded()
        ? job.with("RUNNING", "", text(answer, type(job.point()) + "Arn"))
        : job.with("FAILED", text(answer, "Message") + " (" + text(answer, "Code") + ")", "");
  }

  private static String text(Element in, String name) {
    return Xml.within(in, name).findFirst().map(Element::getTextContent).orElse("");
  }

  private static Map<String, String> fields(RestoreJob job) {
    boolean cluster = job.point().origin().isCluster();
    Map<String, String> fields = new LinkedHashMap<>(job.metadata());
    fields.keySet().removeIf(key -> key.contains(":"));
    JsonNode groups = Json.parse(String.valueOf(fields.remove("VpcSecurityGroupIds")));
    for (int i = 0; i < groups.size(); i++) {
      String field = "VpcSecurityGroupIds.VpcSecurityGroupId." + (i + 1);
      fields.put(field, groups.get(i).asText());
    }
    fields.put(cluster ? "SnapshotIdentifier" : "DBSnapshotIdentifier", job.point().snapshot());
    return fields;
  }

  private static RestoreJob followed(RestoreJob job, Client client) {
    String type = type(job.point());
    String key = named(job.point());
    Reply reply =
        client.form("rds", RDS, "Describe" + type + "s", Map.of(key, job.metadata().get(key)));
    if (!reply.succeeded()) {
      return job.with("FAILED", "The restored resource was deleted", job.made());
    }
    Element made = Xml.all(Xml.parse(reply.text()), type).getFirst();
    String status = Xml.text(made, type.equals("DBCluster") ? "Status" : "DBInstanceStatus");
    if (status.equals("available")) {
      return job.with("COMPLETED", "", job.made());
    }
    return UNDER_WAY.contains(status)
        ? job
        : job.with("FAILED", "The restored resource is in state " + status, job.made());
  }

  void forget() {
    all.clear();
  }
}
