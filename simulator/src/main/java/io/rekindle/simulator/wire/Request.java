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
import java.util.regex.Pattern;
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
  private static final Pattern LOOK = Pattern.compile("(Describe|Get|List|Head|AssumeRole).*");

  /** Whether an operation is there to alter something. */
  public static boolean isChange(String operation) {
    return !LOOK.matcher(operation).matches();
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public boolean is(String askedService, String... operations) {
    return service.equals(askedService) && List.of(operations).contains(operation);
  }

  public Request withHeader(String name, String value) {
    Map<String, List<String>> more = new TreeMap<>(headers);
    more.put(name, List.of(value));
    return new Request(
        method, path, query, more, body, protocol, service, region, operation, caller);
  }

  /** The fields of a request that is written as a form. */
  public Map<String, String> form() {
    return decoded(text());
  }

  /** One field of a form. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(form().get(name));
  }

  /** One of the parameters that follow the question mark. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(decoded(query).get(name));
  }

  /** One field of a form that AWS insists on; empty where it is missing, as AWS will say. */
  public String need(String name) {
    return field(name).orElse("");
  }

  public Request withField(String name, String value) {
    Map<String, String> fields = new TreeMap<>(form());
    fields.put(name, value);
    return withForm(fields);
  }

  public Request without(String name) {
    Map<String, String> fields = new TreeMap<>(form());
    fields.remove(name);
    return withForm(fields);
  }

  private Request withForm(Map<String, String> fields) {
    return with(
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  /** The same caller reads what stands at another place of the same service. */
  public Request asGet(String askedOperation, String at) {
    return new Request(
        "GET", at, "", headers, new byte[0], protocol, service, region, askedOperation, caller);
  }

  /** The same request to another place of the same service. */
  public Request at(String place) {
    return new Request(
        method, place, query, headers, body, protocol, service, region, operation, caller);
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

  /** The fields of a form, or the parameters of a query. */
  public static Map<String, String> decoded(String form) {
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
