package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.database.Databases.Make;
import io.rekindle.simulator.database.Master;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Puts a real database behind each instance, and real rows into each snapshot. */
final class RdsData implements Fake {
  private static final Map<String, Make> ENGINES =
      Map.of("mysql", Make.MARIADB, "mariadb", Make.MARIADB, "postgres", Make.POSTGRESQL);
  private final Databases databases;
  private final Predicate<String> dark;

  /**
   * @param dark whether a Region does not answer at present
   */
  RdsData(Databases databases, Predicate<String> dark) {
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
    Xml.all(answer, "DBInstance").forEach(each -> showEndpoint(request, each));
    return reply.with(Xml.print(answer));
  }

  void showIn(Metrics metrics) {
    metrics.show(this::connections);
    metrics.show(this::lag);
  }

  /** How many clients are connected to an instance that has a real database. */
  private OptionalDouble connections(Metric metric) {
    Optional<String> key =
        metric
            .of("AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier")
            .map(id -> new Thing(metric.account(), metric.region(), "db", id).toString())
            .filter(id -> databases.port(id).isPresent());
    return key.isPresent()
        ? OptionalDouble.of(databases.connections(key.get()))
        : OptionalDouble.empty();
  }

  /** How far a replica that has a real database is behind, as PostgreSQL tells. */
  private OptionalDouble lag(Metric metric) {
    return metric
        .of("AWS/RDS", "ReplicaLag", "DBInstanceIdentifier")
        .flatMap(
            id -> databases.lag(new Thing(metric.account(), metric.region(), "db", id).toString()))
        .map(lag -> OptionalDouble.of(lag.toMillis() / 1000.0))
        .orElseGet(OptionalDouble::empty);
  }

  private void follow(Request request) {
    switch (request.operation()) {
      case "CreateDBInstance" -> create(request);
      case "CreateDBSnapshot" ->
          databases.snapshot(instance(request), snapshot(request, "DBSnapshotIdentifier"));
      case "CopyDBSnapshot" ->
          databases.copy(
              snapshot(request, "SourceDBSnapshotIdentifier"),
              snapshot(request, "TargetDBSnapshotIdentifier"));
      case "RestoreDBInstanceFromDBSnapshot" ->
          databases.restore(
              snapshot(request, "DBSnapshotIdentifier"),
              instance(request),
              () -> dark.test(request.region()));
      case "CreateDBInstanceReadReplica" ->
          databases.follow(
              key(request, "db", request.need("SourceDBInstanceIdentifier")),
              instance(request),
              () -> dark.test(request.region()));
      case "PromoteReadReplica" -> databases.promote(instance(request));
      case "ModifyDBInstance" -> modify(request);
      case "StopDBInstance" -> databases.stop(instance(request));
      case "StartDBInstance" -> databases.start(instance(request));
      case "DeleteDBInstance" -> {
        request
            .field("FinalDBSnapshotIdentifier")
            .ifPresent(
                last -> databases.snapshot(instance(request), key(request, "snapshot", last)));
        databases.delete(instance(request));
      }
      default -> {}
    }
  }

  private void create(Request request) {
    Master master =
        new Master(
            request.need("DBName"),
            request.need("MasterUsername"),
            request.need("MasterUserPassword"));
    Optional.ofNullable(ENGINES.get(request.need("Engine")))
        .ifPresent(make ->
            databases.create(instance(request), make, master, () -> dark.test(request.region())));
  }

  private void modify(Request request) {
    request
        .field("MasterUserPassword")
        .ifPresent(password -> databases.setPassword(instance(request), password));
    request
        .field("NewDBInstanceIdentifier")
        .ifPresent(name -> databases.rename(instance(request), key(request, "db", name)));
  }

  private void showEndpoint(Request request, Element instance) {
    String id = key(request, "db", Xml.text(instance, "DBInstanceIdentifier"));
    databases
        .port(id)
        .ifPresent(port ->
            Xml.child(instance, "Endpoint")
                .ifPresent(endpoint -> {
                  Xml.set(endpoint, "Address", "127.0.0.1");
                  Xml.set(endpoint, "Port", Integer.toString(port));
                }));
  }

  private static String instance(Request request) {
    return key(request, "db", request.need("DBInstanceIdentifier"));
  }

  private static String snapshot(Request request, String field) {
    return key(request, "snapshot", request.need(field));
  }

  private static String key(Request request, String type, String id) {
    return Thing.of(request, type, id).toString();
  }

  @Override
  public void forget() {
    databases.forget();
  }
}
