package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a call needs: an action on a resource. */
record Access(String action, String resource) {
  private static final Pattern FIELD = Pattern.compile("\\{(:?\\w+)(\\?|=\\w+)?}");

  /** Needs of one operation, from a line of {@code accesses.txt}. */
  record Rule(String service, String operation, String action, String resource) {
    /** Before what is an account's, and of none of its Regions. */
    private static final String NOWHERE = "::";

    static Rule read(String line) {
      String[] words = line.split("\\s+", 4);
      return new Rule(words[0], words[1], words[2], words[3]);
    }

    /** What is wrong with it, whatever the fields are. */
    List<String> faults(ActionCatalogue catalogue) {
      String named = FIELD.matcher(resource).replaceAll("/a");
      boolean isAnArn = resource.startsWith("{");
      String on = isAnArn ? "*" : arn(named, "us-west-2", "123456789012");
      return catalogue.faults(action, List.of(on));
    }

    boolean isFor(Request request) {
      return request.is(service, operation);
    }

    Stream<Access> of(Request request) {
      return resources(request).stream().map(each -> new Access(action, each));
    }

    private List<String> resources(Request request) {
      List<String> filled = List.of(resource);
      Matcher field = FIELD.matcher(resource);
      while (field.find()) {
        String otherwise = Optional.ofNullable(field.group(2)).orElse("=*");
        List<String> values = values(request, field.group(1), otherwise);
        String place = field.group();
        filled =
            filled.stream()
                .flatMap(text -> values.stream().map(value -> with(text, place, value)))
                .toList();
      }
      return filled.stream()
          .map(text -> arn(text, request.region(), request.caller().account()))
          .distinct()
          .toList();
    }

    /** What is named by its ARN needs nothing around it. */
    private static String with(String text, String place, String value) {
      return value.startsWith("arn:") ? value : text.replace(place, value);
    }

    private String arn(String named, String region, String account) {
      String service = action.substring(0, action.indexOf(':'));
      if (named.startsWith(NOWHERE)) {
        return arn(named.substring(NOWHERE.length()), "", account);
      }
      return named.equals("*") || named.startsWith("arn:")
          ? named
          : String.join(":", "arn:aws", service, region, account, named);
    }
  }

  private static List<String> values(Request request, String field, String otherwise) {
    if (field.startsWith(":")) {
      return suffix(values(request, field.substring(1), "?"));
    }
    List<String> values =
        switch (request.protocol()) {
          case JSON, CBOR -> json(Json.parse(request.text()).path(field));
          case REST_JSON -> rest(request, field);
          case QUERY, EC2 -> form(request.form(), field);
          case REST_XML, S3 -> path(request, field);
        };
    boolean isDropped = values.isEmpty() && otherwise.equals("?");
    return values.isEmpty() && !isDropped ? List.of(otherwise.substring(1)) : values;
  }

  private static List<String> suffix(List<String> values) {
    return values.isEmpty() ? List.of("") : values.stream().map(value -> ":" + value).toList();
  }

  private static List<String> json(JsonNode value) {
    List<String> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> values.add(each.asText()));
    } else if (value.isTextual()) {
      values.add(value.asText());
    }
    return values;
  }

  private static List<String> form(Map<String, String> form, String field) {
    return form.entrySet().stream()
        .filter(each ->
            each.getKey().equals(field)
                || each.getKey().matches(Pattern.quote(field) + "\\.member\\.\\d+"))
        .map(Map.Entry::getValue)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** What such a request does not say in its path or after the question mark stands in its body. */
  private static List<String> rest(Request request, String field) {
    if (field.matches("(segment|from)\\d+")) {
      return path(request, field);
    }
    return request
        .parameter(field)
        .map(List::of)
        .orElseGet(() -> json(Json.parse(request.text()).path(field)));
  }

  /** The field of a path is the segment of that number, or all from there on for {@code rest}. */
  private static List<String> path(Request request, String field) {
    String[] segments = request.path().substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      segments[i] = URLDecoder.decode(segments[i].replace("+", "%2B"), StandardCharsets.UTF_8);
    }
    return field.startsWith("from")
        ? List.of(String.join("/", List.of(segments).subList(number(field), segments.length)))
        : List.of(segments[number(field)]);
  }

  private static int number(String field) {
    return Integer.parseInt(field.replaceAll("\\D", ""));
  }
}
