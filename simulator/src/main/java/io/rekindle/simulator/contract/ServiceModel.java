package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
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
    boolean isCalled(String onTheWire) {
      return shape.equals(onTheWire) || code.equals(onTheWire);
    }
  }

  Optional<Operation> operation(String name) {
    return Optional.of(model.path("operations").path(name))
        .filter(JsonNode::isObject)
        .map(operation -> new Operation(model.path("shapes"), operation));
  }
}
