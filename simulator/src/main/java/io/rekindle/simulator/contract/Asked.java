package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rekindle.simulator.contract.ServiceModel.Operation;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a request differs from what its operation takes. */
final class Asked {
  private static final String PRESIGNED = "X-Amz-";
  private final Comparison comparison = new Comparison("was asked with");

  private Asked() {}

  static List<String> differences(Request request, Operation operation) {
    Asked asked = new Asked();
    operation
        .input()
        .ifPresent(input -> {
          asked.query(request, operation, input);
          Shape whole = input.payload().orElse(input);
          body(request, whole).ifPresent(body -> asked.comparison.structure(body, whole, ""));
        });
    return asked.comparison.differences();
  }

  /** Empty where no structure is sent. */
  private static Optional<Part> body(Request request, Shape whole) {
    boolean sent = request.body().length > 0 && whole.type().equals("structure");
    return switch (request.protocol()) {
      case QUERY -> Optional.of(FormPart.request(request.form(), false));
      case EC2 -> Optional.of(FormPart.request(request.form(), true));
      case JSON ->
          Optional.of(
              new JsonPart(
                  sent ? Json.parse(request.text()) : JsonNodeFactory.instance.objectNode()));
      case REST_JSON ->
          sent ? Optional.of(new JsonPart(Json.parse(request.text()))) : Optional.empty();
      case REST_XML, S3 ->
          sent
              ? Optional.of(XmlPart.of(Xml.parse(request.text()).getDocumentElement()))
              : Optional.empty();
      case CBOR ->
          throw new IllegalArgumentException("Nobody reads CBOR yet: " + request.service());
    };
  }

  private void query(Request request, Operation operation, Shape input) {
    Set<String> known =
        Stream.concat(
                input.members().values().stream()
                    .filter(member -> member.location().equals(Optional.of("querystring")))
                    .flatMap(member -> member.locationName().stream()),
                keys(operation.uri()))
            .collect(Collectors.toSet());
    keys("?" + request.query())
        .filter(key -> !known.contains(key) && !key.startsWith(PRESIGNED))
        .forEach(comparison::unknown);
  }

  private static Stream<String> keys(String uri) {
    String query = uri.contains("?") ? uri.substring(uri.indexOf('?') + 1) : "";
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2)[0])
        .filter(key -> !key.isEmpty());
  }
}
