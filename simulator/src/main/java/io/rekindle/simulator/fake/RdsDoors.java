package io.rekindle.simulator.fake;

import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.w3c.dom.Document;

/**
 * Who may connect to the real databases. Everybody here comes from the same machine, so a database
 * is closed to all but Rekindle when none of its security groups admits anybody. Who is connected
 * stays so until a restart, because security groups track connections.
 */
final class RdsDoors implements Fake {
  private static final String GROUP = "VpcSecurityGroupIds.VpcSecurityGroupId.%d";
  private final Databases databases;

  RdsDoors(Databases databases) {
    this.databases = databases;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (request.service().equals("rds") && reply.succeeded()) {
      switch (request.operation()) {
        case "RebootDBInstance" -> databases.disconnect(key(request));
        case "ModifyDBInstance",
            "RestoreDBInstanceFromDBSnapshot",
            "CreateDBInstanceReadReplica" -> {
          List<String> groups = groups(request);
          if (!groups.isEmpty()) {
            databases.admit(
                key(request), groups.stream().anyMatch(each -> admits(each, request, next)));
          }
        }
        case "ModifyDBCluster", "RestoreDBClusterFromSnapshot" -> admitTo(request, reply, next);
        default -> {}
      }
    }
    return reply;
  }

  /** The security groups of a cluster are those of all its instances. */
  private void admitTo(Request request, Reply reply, Cloud next) {
    List<String> groups = groups(request);
    if (groups.isEmpty()) {
      return;
    }
    boolean everybody = groups.stream().anyMatch(each -> admits(each, request, next));
    databases.admit(
        Thing.of(request, "cluster", request.need("DBClusterIdentifier")).toString(), everybody);
    Xml.all(Xml.parse(reply.text()), "DBClusterMember").stream()
        .map(each -> Thing.of(request, "db", Xml.text(each, "DBInstanceIdentifier")))
        .forEach(member -> databases.admit(member.toString(), everybody));
  }

  private static List<String> groups(Request request) {
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj(i -> request.need(GROUP.formatted(i)))
        .takeWhile(group -> !group.isEmpty())
        .toList();
  }

  /** A group that nobody made here is one that a test does not care about. */
  private static boolean admits(String group, Request request, Cloud next) {
    Reply reply =
        Client.as(request, next)
            .form("ec2", "2016-11-15", "DescribeSecurityGroups", Map.of("GroupId.1", group));
    return !reply.succeeded() || admits(Xml.parse(reply.text()));
  }

  private static boolean admits(Document groups) {
    return Xml.all(groups, "ipPermissions").stream()
        .anyMatch(permissions -> Xml.child(permissions, "item").isPresent());
  }

  private static String key(Request request) {
    return Thing.of(request, "db", request.need("DBInstanceIdentifier")).toString();
  }
}
