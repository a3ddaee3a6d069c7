package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service model says of one value.
 *
 * @param all the shapes of the service, by name
 * @param reference where the shape is used, which may give it another name on the wire
 */
record Shape(JsonNode all, JsonNode reference) {

  private JsonNode own() {
    return all.path(reference.path("shape").asText());
  }

  /** What is said where it is used goes before what is said of the shape itself. */
  private JsonNode trait(String name) {
    return reference.has(name) ? reference.path(name) : own().path(name);
  }

  private Shape at(JsonNode used) {
    return new Shape(all, used);
  }

  String type() {
    return own().path("type").asText();
  }

  /** Whether anything at all may stand there. */
  boolean isOpen() {
    return own().path("document").asBoolean();
  }

  Map<String, Shape> members() {
    Map<String, Shape> members = new LinkedHashMap<>();
    own()
        .path("members")
        .properties()
        .forEach(member -> members.put(member.getKey(), at(member.getValue())));
    return members;
  }

  List<String> required() {
    return texts(own().path("required"));
  }

  /** The words it is restricted to; none where it is not. */
  List<String> words() {
    return texts(own().path("enum"));
  }

  Shape item() {
    return at(own().path("member"));
  }

  Shape key() {
    return at(own().path("key"));
  }

  Shape value() {
    return at(own().path("value"));
  }

  /** The name of the items of a list on the wire. */
  String itemName() {
    return item().locationName().orElse("member");
  }

  /** The name of the keys of a map on the wire. */
  String keyName() {
    return key().locationName().orElse("key");
  }

  /** The name of the values of a map on the wire. */
  String valueName() {
    return value().locationName().orElse("value");
  }

  boolean isFlattened() {
    return trait("flattened").asBoolean();
  }

  Optional<String> locationName() {
    return text("locationName");
  }

  Optional<String> text(String trait) {
    return Optional.of(trait(trait)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** Where it stands when that is not the body, such as {@code header}. */
  Optional<String> location() {
    return text("location");
  }

  /** The member that is the whole body. */
  Optional<Shape> payload() {
    return text("payload").map(members()::get);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
