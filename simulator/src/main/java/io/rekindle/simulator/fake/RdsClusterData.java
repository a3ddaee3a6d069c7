package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.database.Databases.Make;
import io.rekindle.simulator.database.Master;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Puts a real database behind each Aurora cluster, and real rows into each of its snapshots. It
 * answers at the ports of its instances and, as long as it has one, at its own.
 */
final class RdsClusterData implements Fake {
  private static final Map<String, Make> ENGINES = Map.of("aurora-postgresql", Make.POSTGRESQL);
  private static final String NAME = "DBClusterIdentifier";
  private static final String MEMBER = "DBInstanceIdentifier";
  private static final String CLUSTER = "cluster";
  private static final String INSTANCE = "db";
  private static final String SNAPSHOT = "cluster-snapshot";

  /** The cluster of each instance, in the order in which they were added. */
  private final Map<Thing, Thing> members = Collections.synchronizedMap(new LinkedHashMap<>());

  private final Databases databases;
  private final Predicate<String> dark;

  /**
   * @param dark whether a Region does not answer at present
   */
  RdsClusterData(Databases databases, Predicate<String> dark) {
    this.databases = databases;
    this.dark = dark;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.service().equals("rds") || !reply.succeeded()) {
      return reply;
    }
    follow(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBCluster").forEach(each -> showEndpoint(request, each));
    return reply.with(Xml.print(answer));
  }

  private void follow(Request request) {
    switch (request.operation()) {
      case "CreateDBCluster" -> create(request);
      case "CreateDBClusterSnapshot" ->
          databases.snapshot(cluster(request), snapshot(request, "DBClusterSnapshotIdentifier"));
      case "CopyDBClusterSnapshot" ->
          databases.copy(
              snapshot(request, "SourceDBClusterSnapshotIdentifier"),
              snapshot(request, "TargetDBClusterSnapshotIdentifier"));
      case "RestoreDBClusterFromSnapshot" -> restore(request);
      case "ModifyDBCluster" -> modify(request);
      case "CreateDBInstance" -> join(request);
      case "DeleteDBInstance" -> leave(thing(request, INSTANCE, request.need(MEMBER)));
      case "RebootDBInstance" -> restart(request);
      case "DeleteDBCluster" -> delete(request);
      default -> {}
    }
  }

  private void create(Request request) {
    Make make = ENGINES.get(request.need("Engine"));
    if (make != null && request.field("MasterUsername").isPresent()) {
      Master master =
          new Master(
              request.need("DatabaseName"),
              request.need("MasterUsername"),
              request.need("MasterUserPassword"));
      databases.create(cluster(request), make, master, () -> dark.test(request.region()));
      databases.answer(cluster(request), false);
    }
  }

  private void restore(Request request) {
    databases.restore(
        snapshot(request, "SnapshotIdentifier"),
        cluster(request),
        () -> dark.test(request.region()));
    databases.answer(cluster(request), false);
  }

  private void modify(Request request) {
    request
        .field("MasterUserPassword")
        .ifPresent(password -> databases.setPassword(cluster(request), password));
    request
        .field("NewDBClusterIdentifier")
        .map(name -> thing(request, CLUSTER, name))
        .ifPresent(other -> rename(thing(request, CLUSTER, request.need(NAME)), other));
  }

  private void rename(Thing cluster, Thing other) {
    databases.rename(cluster.toString(), other.toString());
    members.replaceAll((member, of) -> of.equals(cluster) ? other : of);
  }

  private void join(Request request) {
    request
        .field(NAME)
        .map(name -> thing(request, CLUSTER, name))
        .filter(cluster -> databases.port(cluster.toString()).isPresent())
        .ifPresent(cluster -> {
          Thing member = thing(request, INSTANCE, request.need(MEMBER));
          members.put(member, cluster);
          databases.join(cluster.toString(), member.toString(), () -> dark.test(request.region()));
          databases.answer(cluster.toString(), true);
        });
  }

  /** What has no instance any more answers nobody. */
  private void leave(Thing member) {
    Thing cluster = members.remove(member);
    if (cluster != null && !members.containsValue(cluster)) {
      databases.answer(cluster.toString(), false);
    }
  }

  /** The port of a cluster leads to its writer. */
  private void restart(Request request) {
    Thing member = thing(request, INSTANCE, request.need(MEMBER));
    clusterWrittenBy(member).ifPresent(cluster -> databases.disconnect(cluster.toString()));
  }

  /** The first instance is the writer, and the next one when it has gone. */
  private Optional<Thing> clusterWrittenBy(Thing member) {
    synchronized (members) {
      return Optional.ofNullable(members.get(member))
          .filter(cluster ->
              members.entrySet().stream()
                  .filter(each -> each.getValue().equals(cluster))
                  .findFirst()
                  .filter(first -> first.getKey().equals(member))
                  .isPresent());
    }
  }

  private void delete(Request request) {
    request
        .field("FinalDBSnapshotIdentifier")
        .ifPresent(last ->
            databases.snapshot(cluster(request), thing(request, SNAPSHOT, last).toString()));
    databases.delete(cluster(request));
  }

  private void showEndpoint(Request request, Element cluster) {
    databases
        .port(thing(request, CLUSTER, Xml.text(cluster, NAME)).toString())
        .ifPresent(port -> {
          Xml.set(cluster, "Endpoint", "127.0.0.1");
          Xml.set(cluster, "ReaderEndpoint", "127.0.0.1");
          Xml.set(cluster, "Port", Integer.toString(port));
        });
  }

  void showIn(Metrics metrics) {
    metrics.show(this::connections);
  }

  /** Whoever comes to a cluster's own port is connected to its writer. */
  private OptionalDouble connections(Metric metric) {
    return metric
        .of("AWS/RDS", "DatabaseConnections", MEMBER)
        .map(id -> new Thing(metric.account(), metric.region(), INSTANCE, id))
        .filter(members::containsKey)
        .map(member -> OptionalDouble.of(connections(member)))
        .orElseGet(OptionalDouble::empty);
  }

  private int connections(Thing member) {
    return databases.connections(member.toString())
        + clusterWrittenBy(member)
            .map(cluster -> databases.connections(cluster.toString()))
            .orElse(0);
  }

  private static String cluster(Request request) {
    return thing(request, CLUSTER, request.need(NAME)).toString();
  }

  private static String snapshot(Request request, String field) {
    return thing(request, SNAPSHOT, request.need(field)).toString();
  }

  private static Thing thing(Request request, String type, String id) {
    return Thing.of(request, type, id);
  }

  @Override
  public void forget() {
    members.clear();
  }
}
