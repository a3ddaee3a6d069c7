package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Protocol;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests and answers as they go over the wire. */
final class Wire {
  private static final Caller SOMEBODY = new Caller("123456789012", "", "", "a1b2c3", "it", "");

  private Wire() {}

  static Request form(String service, String operation, String fields) {
    return request(
        service, operation, Protocol.QUERY, "Action=" + operation + "&Version=1&" + fields);
  }

  static Request json(String service, String operation, String body) {
    return request(service, operation, Protocol.JSON, body.replace('\'', '"'));
  }

  static Request route53(String operation, String at) {
    return request("route53", operation, Protocol.REST_XML, "").at(at);
  }

  private static Request request(String service, String operation, Protocol protocol, String body) {
    return new Request(
        "POST",
        "/",
        "",
        Map.of(),
        body.getBytes(StandardCharsets.UTF_8),
        protocol,
        service,
        "us-west-2",
        operation,
        SOMEBODY);
  }

  static Reply refused(int status, String body) {
    return new Reply(status, Map.of(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
