package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service as AWS describes it to its SDKs.
 *
 * @param model the content of a {@code service-2.json}
 */
record ServiceModel(JsonNode model) {

  /** One operation of it. */
  record Operation(JsonNode shapes, JsonNode model) {
    Optional<Shape> input() {
      return shape("input");
    }

    Optional<Shape> output() {
      return shape("output");
    }

    /** The element that an answer is wrapped into. */
    Optional<String> resultWrapper() {
      return output().flatMap(shape -> shape.text("resultWrapper"));
    }

    /** The keys that its path itself has after the question mark. */
    String uri() {
      return model.path("http").path("requestUri").asText();
    }

    List<Refused> refusals() {
      List<Refused> refusals = new ArrayList<>();
      for (JsonNode error : model.path("errors")) {
        String name = error.path("shape").asText();
        JsonNode said = shapes.path(name).path("error");
        refusals.add(
            new Refused(name, said.path("code").asText(name), said.path("httpStatusCode").asInt()));
      }
      return refusals;
    }

    private Optional<Shape> shape(String direction) {
      return Optional.of(model.path(direction))
          .filter(JsonNode::isObject)
          .map(reference -> new Shape(shapes, reference));
    }
  }

  /**
   * An error that an operation declares.
   *
   * @param status 0 where the model does not tell
   */
  record Refused(String shape, String code, int status) {
    /** Services that speak XML send the code, those that speak JSON the name of the shape. */
    String onTheWire(Protocol protocol) {
      return switch (protocol) {
        case QUERY, EC2, REST_XML, S3 -> code;
        case JSON, REST_JSON, CBOR -> shape;
      };
    }
  }

  Optional<Operation> operation(String name) {
    return Optional.of(model.path("operations").path(name))
        .filter(JsonNode::isObject)
        .map(operation -> new Operation(model.path("shapes"), operation));
  }
}
