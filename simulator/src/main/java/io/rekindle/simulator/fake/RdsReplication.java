package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Read replicas: what they take from their source and what they do not, how far behind they are,
 * and that they have a source until their promotion has almost ended.
 */
final class RdsReplication implements Fake {
  private static final String NAME = "DBInstanceIdentifier";
  private static final String SUBNETS = "DBSubnetGroupName";
  private static final String SOURCE = "ReadReplicaSourceDBInstanceIdentifier";
  private static final String REPLICA = "ReadReplicaDBInstanceIdentifier";
  private final Map<Thing, Replica> replicas = new ConcurrentHashMap<>();
  private final Tempo tempo;
  private final Predicate<String> dark;

  /**
   * @param dark whether a Region does not answer at present
   */
  static RdsReplication shownIn(Metrics metrics, Tempo tempo, Predicate<String> dark) {
    RdsReplication replication = new RdsReplication(tempo, dark);
    metrics.show(replication::lag);
    return replication;
  }

  private RdsReplication(Tempo tempo, Predicate<String> dark) {
    this.tempo = tempo;
    this.dark = dark;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (request.is("rds", "DeleteDBInstance")) {
      makeDeletable(request, next);
    }
    Reply reply = next.answer(adapted(request, next));
    if (!reply.succeeded()) {
      return reply;
    }
    follow(request, next);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBInstance").forEach(each -> show(request, each));
    return reply.with(Xml.print(answer));
  }

  /** The emulator does not find a replica in another Region among those of its source. */
  private void makeDeletable(Request request, Cloud next) {
    if (replicas.containsKey(instance(request))) {
      ask(request, next, "PromoteReadReplica", Map.of(NAME, request.need(NAME)));
    }
  }

  /**
   * A parameter group is of one Region: in another the engine's default one is taken. The emulator
   * looks for the subnet group where the source is, so it is told of it afterwards.
   */
  private static Request adapted(Request request, Cloud next) {
    if (!request.is("rds", "CreateDBInstanceReadReplica")) {
      return request;
    }
    Thing source = Thing.of(request, "db", request.need("SourceDBInstanceIdentifier"));
    return source.region().equals(request.region())
        ? request
        : RdsReplicaGuards.source(request, next)
            .map(it -> request.withField("DBParameterGroupName", group(request, it)))
            .map(it -> it.without(SUBNETS))
            .orElse(request);
  }

  private static String group(Request request, Element source) {
    return request.field("DBParameterGroupName").orElseGet(() -> defaultGroup(source));
  }

  private static String defaultGroup(Element source) {
    String engine = Xml.text(source, "Engine");
    String[] version = Xml.text(source, "EngineVersion").split("\\.", 3);
    return "default." + engine + version[0] + (engine.equals("postgres") ? "" : "." + version[1]);
  }

  private void follow(Request request, Cloud next) {
    switch (request.operation()) {
      case "CreateDBInstanceReadReplica" -> {
        Thing source = Thing.of(request, "db", request.need("SourceDBInstanceIdentifier"));
        replicas.put(instance(request), new Replica(source, tempo.now()));
        ask(request, next, "ModifyDBInstance", ofItsOwn(request));
      }
      case "PromoteReadReplica" ->
          of(instance(request))
              .ifPresent(
                  replica -> replica.promote(tempo.now(), end(), tempo.end("PromoteReadReplica")));
      case "ModifyDBInstance" ->
          request.field("NewDBInstanceIdentifier").ifPresent(name -> rename(request, name));
      case "DeleteDBInstance" -> {
        replicas.remove(instance(request));
        replicas.values().forEach(replica -> replica.lose(instance(request), tempo.now()));
      }
      default -> {}
    }
  }

  private static Map<String, String> ofItsOwn(Request request) {
    Map<String, String> fields = new HashMap<>();
    fields.put(NAME, request.need(NAME));
    fields.put("BackupRetentionPeriod", "0");
    request.field(SUBNETS).ifPresent(group -> fields.put(SUBNETS, group));
    return fields;
  }

  private Instant end() {
    return tempo.end("PromoteReadReplica", RdsReplicas.PromoteReplica.class, "promote");
  }

  private void rename(Request request, String name) {
    Replica replica = replicas.remove(instance(request));
    if (replica != null) {
      replicas.put(Thing.of(request, "db", name), replica);
    }
  }

  private void show(Request request, Element instance) {
    Thing thing = Thing.of(request, "db", Xml.text(instance, NAME));
    showReplicas(thing, instance);
    of(thing).ifPresent(replica -> showReplica(replica, instance));
  }

  private void showReplicas(Thing source, Element instance) {
    Xml.remove(instance, REPLICA + "s");
    Element all = Xml.added(instance, REPLICA + "s");
    replicas.entrySet().stream()
        .filter(each -> each.getValue().follows(source, tempo.now()))
        .map(each ->
            each.getKey().region().equals(source.region())
                ? each.getKey().id()
                : arn(each.getKey()))
        .forEach(name -> Xml.added(all, REPLICA).setTextContent(name));
  }

  private static String arn(Thing instance) {
    String partition = new RegionName(instance.region()).partition();
    return String.join(
        ":", "arn", partition, "rds", instance.region(), instance.account(), "db", instance.id());
  }

  private void showReplica(Replica replica, Element instance) {
    replica.word(tempo.now()).ifPresent(word -> Xml.set(instance, "DBInstanceStatus", word));
    Xml.remove(instance, "StatusInfos");
    if (replica.isPromoted(tempo.now())) {
      Xml.remove(instance, SOURCE);
      return;
    }
    Element info = Xml.added(Xml.added(instance, "StatusInfos"), "DBInstanceStatusInfo");
    Xml.set(info, "StatusType", "read replication");
    Xml.set(info, "Normal", Boolean.toString(!replica.isOrphan()));
    Xml.set(info, "Status", replica.isOrphan() ? "terminated" : "replicating");
  }

  /** Of a replica without real rows, whose source writes all the time. */
  OptionalDouble lag(Metric metric) {
    return metric
        .of("AWS/RDS", "ReplicaLag", NAME)
        .flatMap(id -> of(new Thing(metric.account(), metric.region(), "db", id)))
        .flatMap(replica -> replica.lag(tempo.now(), dark))
        .map(lag -> OptionalDouble.of(lag.toMillis() / 1000.0))
        .orElseGet(OptionalDouble::empty);
  }

  private Optional<Replica> of(Thing thing) {
    return Optional.ofNullable(replicas.get(thing));
  }

  private static Thing instance(Request request) {
    return Thing.of(request, "db", request.need(NAME));
  }

  private static void ask(
      Request request, Cloud next, String operation, Map<String, String> fields) {
    Client.as(request, next).query("rds", "2014-10-31", operation, fields);
  }

  @Override
  public void forget() {
    replicas.clear();
  }

  /** One of them, from its creation on; after its promotion it is an instance as any other. */
  private static final class Replica {
    private final Thing source;
    private Instant heard;
    private boolean orphan;
    private Optional<Promotion> promotion = Optional.empty();

    private record Promotion(Instant begun, Instant until, String end) {
      /**
       * It is changed, it restarts, and as one that is alone it is backed up for the first time.
       */
      Optional<String> word(Instant now) {
        if (!now.isBefore(until)) {
          return Optional.of(end).filter(word -> !word.isEmpty());
        }
        return Optional.of(
            now.isBefore(third(1)) ? "modifying" : isAlone(now) ? "backing-up" : "rebooting");
      }

      boolean isAlone(Instant now) {
        return end.isEmpty() && !now.isBefore(third(2));
      }

      private Instant third(int number) {
        return begun.plus(Duration.between(begun, until).multipliedBy(number).dividedBy(3));
      }
    }

    Replica(Thing source, Instant now) {
      this.source = source;
      heard = now;
    }

    synchronized void promote(Instant now, Instant until, String end) {
      promotion = Optional.of(new Promotion(now, until, end));
    }

    synchronized Optional<String> word(Instant now) {
      return promotion.flatMap(each -> each.word(now));
    }

    synchronized boolean isPromoted(Instant now) {
      return promotion.filter(each -> each.isAlone(now)).isPresent();
    }

    synchronized boolean follows(Thing other, Instant now) {
      return source.equals(other) && !orphan && !isPromoted(now);
    }

    synchronized boolean isOrphan() {
      return orphan;
    }

    synchronized void lose(Thing gone, Instant now) {
      if (source.equals(gone)) {
        orphan = true;
        heard = now;
      }
    }

    synchronized Optional<Duration> lag(Instant now, Predicate<String> dark) {
      if (!orphan && !dark.test(source.region())) {
        heard = now;
      }
      return isPromoted(now) ? Optional.empty() : Optional.of(Duration.between(heard, now));
    }
  }
}
