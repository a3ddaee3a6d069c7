package io.rekindle.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.w3c.dom.Document;

/** Asks a simulated cloud from within, unrecorded and untouched by faults. */
public record Client(Cloud cloud, Caller caller, String region) {
  private static final String GLOBAL = "us-east-1";

  public static Client of(Cloud cloud, String account, String region) {
    return new Client(cloud, new Caller(account, account, "", "", "", ""), region);
  }

  /** As the one who sent a request, in its Region. */
  public static Client as(Request request, Cloud cloud) {
    return new Client(cloud, request.caller(), request.region());
  }

  public Client in(String other) {
    return new Client(cloud, caller, other);
  }

  /** Asks a service that is written as forms. */
  public Reply form(String service, String version, String operation, Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("Action", operation);
    all.put("Version", version);
    String body =
        all.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Protocol protocol = service.equals("ec2") ? Protocol.EC2 : Protocol.QUERY;
    String type = "application/x-www-form-urlencoded; charset=utf-8";
    return send("POST", "/", Map.of("content-type", type), body, protocol, service, operation);
  }

  /**
   * @throws IllegalStateException when it is refused
   */
  public Document query(
      String service, String version, String operation, Map<String, String> fields) {
    return Xml.parse(granted(operation, form(service, version, operation, fields)).text());
  }

  /**
   * @param target what stands before the operation in the header
   * @throws IllegalStateException when it is refused
   */
  public JsonNode json(String service, String target, String operation, Map<String, ?> content) {
    Reply reply = jsonReply(service, target, operation, content);
    return Json.parse(granted(operation, reply).text());
  }

  /** The same, which may be refused. */
  public Reply jsonReply(String service, String target, String operation, Map<String, ?> content) {
    Map<String, String> headers =
        Map.of(
            "content-type", "application/x-amz-json-1.1", "x-amz-target", target + "." + operation);
    String body = Json.print(content);
    return send("POST", "/", headers, body, Protocol.JSON, service, operation);
  }

  /**
   * Posts to a service whose operations have paths of their own.
   *
   * @throws IllegalStateException when it is refused
   */
  public JsonNode restJson(String service, String path, String operation, Map<String, ?> content) {
    Map<String, String> headers = Map.of("content-type", "application/json");
    String body = Json.print(content);
    Reply reply = send("POST", path, headers, body, Protocol.REST_JSON, service, operation);
    return Json.parse(granted(operation, reply).text());
  }

  /**
   * Asks Route 53.
   *
   * @throws IllegalStateException when it is refused
   */
  public Document route53(String method, String path, String operation, String body) {
    String place = "/2013-04-01" + path;
    Reply reply =
        in(GLOBAL).send(method, place, Map.of(), body, Protocol.REST_XML, "route53", operation);
    return Xml.parse(granted(operation, reply).text());
  }

  /** Looks for an object of S3 as anybody may, without a signature. */
  public Reply anybody(String path) {
    return cloud.answer(
        new Request(
            "GET",
            path,
            "",
            Map.of(),
            new byte[0],
            Protocol.S3,
            "s3",
            "",
            "GetObject",
            new Caller(caller.account(), "", "", "", "", "")));
  }

  private Reply send(
      String method,
      String path,
      Map<String, String> headers,
      String body,
      Protocol protocol,
      String service,
      String operation) {
    Map<String, List<String>> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    String scope = caller.accessKey() + "/20260101/" + region + "/" + service + "/aws4_request";
    all.put("authorization", List.of("AWS4-HMAC-SHA256 Credential=" + scope + ", Signature=none"));
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return cloud.answer(
        new Request(method, path, "", all, content, protocol, service, region, operation, caller));
  }

  private static Reply granted(String operation, Reply reply) {
    if (!reply.succeeded()) {
      throw new IllegalStateException(operation + " was refused: " + reply.text());
    }
    return reply;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
