package io.rekindle.simulator.contract;

import java.util.List;
import java.util.Map;

/** A part of what went over the wire, read as its shape tells; names the shape lacks are kept. */
sealed interface Part permits FormPart, XmlPart, JsonPart {
  /** By the name that the model gives them; what it does not know under its name on the wire. */
  Map<String, Part> members(Shape structure);

  List<Part> items(Shape list);

  /** What stands in a list by another name than the model gives to its items. */
  default List<String> strangers(Shape list) {
    return List.of();
  }

  /** The values of a map. */
  List<Part> values(Shape map);

  /** The keys of a map. */
  List<Part> keys(Shape map);

  boolean isScalar(String type);

  String text();

  /** How a name is marked that the model does not give to anything there. */
  static String unknown(String onTheWire) {
    return "<" + onTheWire + ">";
  }
}
