package io.rekindle.simulator.cache;

import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A serverless cache.
 *
 * @param doing the word for what it is doing until then
 * @param failure the state it ends in; empty for the good one
 */
record ServerlessCache(
    String arn,
    String engine,
    String version,
    String userGroup,
    List<String> subnets,
    List<String> securityGroups,
    Map<String, String> tags,
    String doing,
    Instant until,
    String failure) {
  private static final String DELETING = "deleting";

  static ServerlessCache of(Request request, String arn, Instant until, String failure) {
    Map<String, String> tags = new TreeMap<>();
    List<String> keys = all(request, "Tags.Tag.%d.Key");
    List<String> values = all(request, "Tags.Tag.%d.Value");
    for (int i = 0; i < keys.size(); i++) {
      tags.put(keys.get(i), values.get(i));
    }
    return new ServerlessCache(
        arn,
        request.need("Engine"),
        request.field("MajorEngineVersion").orElse("8"),
        request.need("UserGroupId"),
        all(request, "SubnetIds.SubnetId.%d"),
        all(request, "SecurityGroupIds.SecurityGroupId.%d"),
        tags,
        "creating",
        until,
        failure);
  }

  private static List<String> all(Request request, String shape) {
    List<String> all = new ArrayList<>();
    for (int i = 1; request.field(shape.formatted(i)).isPresent(); i++) {
      all.add(request.need(shape.formatted(i)));
    }
    return all;
  }

  String name() {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private String region() {
    return arn.split(":", -1)[3];
  }

  boolean isUnderWay(Instant now) {
    return now.isBefore(until);
  }

  boolean isGone(Instant now) {
    return doing.equals(DELETING) && !isUnderWay(now);
  }

  /** Whether it answers as Redis does. */
  boolean isRedis(Instant now) {
    return status(now).equals("available") && !engine.equals("memcached");
  }

  ServerlessCache deletedAt(Instant end) {
    return new ServerlessCache(
        arn, engine, version, userGroup, subnets, securityGroups, tags, DELETING, end, "");
  }

  String status(Instant now) {
    return isUnderWay(now) ? doing : failure.isEmpty() ? "available" : failure;
  }

  String shown(Instant now) {
    String status = status(now);
    boolean answers = !status.equals("creating") && !status.equals("create-failed");
    return element("ServerlessCacheName", name())
        + element("Description", " ")
        + element("CreateTime", "2026-01-01T00:00:00Z")
        + element("Status", status)
        + element("Engine", engine)
        + element("MajorEngineVersion", version)
        + element("FullEngineVersion", version + ".1")
        + many("SecurityGroupIds", "SecurityGroupId", securityGroups)
        + (answers ? endpoint() : "")
        + element("ARN", arn)
        + (userGroup.isEmpty() ? "" : element("UserGroupId", userGroup))
        + many("SubnetIds", "SubnetId", subnets);
  }

  private String endpoint() {
    boolean memcached = engine.equals("memcached");
    String address = name() + "-c0example.serverless." + region() + ".cache.amazonaws.com";
    String writer = element("Address", address) + element("Port", memcached ? "11211" : "6379");
    String reader = element("Address", address) + element("Port", memcached ? "11212" : "6380");
    return "<Endpoint>" + writer + "</Endpoint><ReaderEndpoint>" + reader + "</ReaderEndpoint>";
  }

  private static String element(String name, String text) {
    return "<" + name + ">" + Xml.escaped(text) + "</" + name + ">";
  }

  private static String many(String list, String item, List<String> all) {
    return all.stream()
        .map(each -> element(item, each))
        .collect(Collectors.joining("", "<" + list + ">", "</" + list + ">"));
  }
}
