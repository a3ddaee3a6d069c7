package io.rekindle.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal, in the shape in which the service that was asked refuses.
 *
 * @param code the code on the wire, such as {@code DBInstanceAlreadyExists}
 */
public record Refusal(int status, String code, String message) {
  public static Refusal throttling(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML -> new Refusal(400, "Throttling", "Rate exceeded");
      case EC2 -> new Refusal(503, "RequestLimitExceeded", "Request limit exceeded.");
      case S3 -> new Refusal(503, "SlowDown", "Please reduce your request rate.");
      case JSON, CBOR -> new Refusal(400, "ThrottlingException", "Rate exceeded");
      case REST_JSON -> new Refusal(429, "TooManyRequestsException", "Rate exceeded");
    };
  }

  public static Refusal unavailable(Protocol protocol) {
    return switch (protocol) {
      case QUERY, REST_XML, EC2, S3 ->
          new Refusal(503, "ServiceUnavailable", "The service is not available.");
      case JSON, CBOR, REST_JSON ->
          new Refusal(503, "ServiceUnavailableException", "The service is not available.");
    };
  }

  public static Refusal expired(Protocol protocol) {
    String message = "The security token included in the request is expired";
    return switch (protocol) {
      case QUERY, REST_XML -> new Refusal(403, "ExpiredToken", message);
      case S3 -> new Refusal(400, "ExpiredToken", message);
      case EC2 -> new Refusal(400, "RequestExpired", message);
      case JSON, CBOR -> new Refusal(400, "ExpiredTokenException", message);
      case REST_JSON -> new Refusal(403, "ExpiredTokenException", message);
    };
  }

  public Reply to(Request request) {
    return switch (request.protocol()) {
      case QUERY, REST_XML ->
          xml(
              "<ErrorResponse><Error><Type>Sender</Type>%s</Error>%s" + "</ErrorResponse>",
              "<RequestId>simulated</RequestId>");
      case EC2 ->
          xml(
              "<Response><Errors><Error>%s</Error></Errors>%s</Response>",
              "<RequestID>simulated</RequestID>");
      case S3 -> xml("<Error>%s%s</Error>", "<RequestId>simulated</RequestId>");
      case JSON, CBOR, REST_JSON -> json();
    };
  }

  private Reply xml(String shape, String id) {
    String error = "<Code>" + code + "</Code><Message>" + Xml.escaped(message) + "</Message>";
    return reply("text/xml", shape.formatted(error, id), Map.of());
  }

  private Reply json() {
    String body = Json.print(Map.of("__type", code, "message", message));
    return reply("application/x-amz-json-1.1", body, Map.of("x-amzn-errortype", List.of(code)));
  }

  private Reply reply(String type, String body, Map<String, List<String>> more) {
    Map<String, List<String>> headers = new TreeMap<>(more);
    headers.put("content-type", List.of(type));
    headers.put("x-amzn-requestid", List.of("simulated"));
    return new Reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
