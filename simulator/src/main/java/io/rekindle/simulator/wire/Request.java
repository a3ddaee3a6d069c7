package io.rekindle.simulator.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One request to AWS, read as far as its service would: which operation of which service it is, in
 * which Region, and who asks.
 *
 * @param path the path as it was sent, still encoded
 * @param query what follows the question mark, still encoded; empty when there is none
 * @param headers by name in small letters
 * @param service the name it is signed for, such as {@code rds} or {@code elasticloadbalancing}
 * @param region the Region it is signed for; empty for a request that is not signed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Request(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    Protocol protocol,
    String service,
    String region,
    String operation,
    Caller caller) {

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public boolean is(String askedService, String... operations) {
    return service.equals(askedService) && List.of(operations).contains(operation);
  }

  /** The fields of a request that is written as a form. */
  public Map<String, String> form() {
    return decoded(text());
  }

  /** One field of a form. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(form().get(name));
  }

  /** One field of a form that AWS insists on; empty where it is missing, as AWS will say. */
  public String need(String name) {
    return field(name).orElse("");
  }

  public Request withField(String name, String value) {
    Map<String, String> fields = new TreeMap<>(form());
    fields.put(name, value);
    return with(
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  /** The same request to another Region. */
  public Request inRegion(String other) {
    return new Request(
        method, path, query, headers, body, protocol, service, other, operation, caller);
  }

  /** The same caller asks a service that is written as forms something else, in the same Region. */
  public Request asking(Protocol as, String other, String askedOperation, String form) {
    Map<String, List<String>> to = new TreeMap<>();
    to.put("content-type", List.of("application/x-www-form-urlencoded; charset=utf-8"));
    return signedFor(as, other, askedOperation, "/", to, form);
  }

  /** The same caller asks a service that is written as JSON something else, in the same Region. */
  public Request askingJson(String other, String target, String json) {
    Map<String, List<String>> to = new TreeMap<>();
    to.put("content-type", List.of("application/x-amz-json-1.1"));
    to.put("x-amz-target", List.of(target));
    return signedFor(
        Protocol.JSON, other, target.substring(target.indexOf('.') + 1), "/", to, json);
  }

  private Request signedFor(
      Protocol as,
      String other,
      String asked,
      String at,
      Map<String, List<String>> to,
      String content) {
    String scope = caller.accessKey() + "/20260101/" + region + "/" + other + "/aws4_request";
    to.put("authorization", List.of("AWS4-HMAC-SHA256 Credential=" + scope + ", Signature=none"));
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Request("POST", at, "", to, bytes, as, other, region, asked, caller);
  }

  /** The same request with other content. */
  public Request with(String content) {
    return new Request(
        method,
        path,
        query,
        headers,
        content.getBytes(StandardCharsets.UTF_8),
        protocol,
        service,
        region,
        operation,
        caller);
  }

  static Map<String, String> decoded(String form) {
    Map<String, String> fields = new TreeMap<>();
    Arrays.stream(form.split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> {
          String[] parts = pair.split("=", 2);
          fields.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        });
    return fields;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
