package io.rekindle.simulator.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares one part after the other with its shape, and says where they differ. */
final class Comparison {
  private final List<String> differences = new ArrayList<>();
  private final String said;

  /**
   * @param said what was done with what is compared, such as {@code answered}
   */
  Comparison(String said) {
    this.said = said;
  }

  List<String> differences() {
    return differences;
  }

  /** All that is compared at the top; what does not stand in the body cannot lack there. */
  void structure(Part part, Shape shape, String at) {
    if (shape.isOpen()) {
      return;
    }
    Map<String, Part> members = part.members(shape);
    Map<String, Shape> known = shape.members();
    members.forEach((name, member) -> {
      String place = at + name;
      Shape its = known.get(name);
      if (its == null) {
        unknown(place);
      } else {
        value(member, its, place);
      }
    });
    known.forEach((name, its) -> {
      boolean isBody = its.location().isEmpty();
      if (isBody && shape.required().contains(name) && !members.containsKey(name)) {
        lacking(at + name);
      }
    });
  }

  void unknown(String name) {
    differ(name, "which the model does not know");
  }

  /** For what surrounds the content, of which nothing may be left. */
  void nothingIn(XmlPart rest) {
    rest.names().forEach(this::unknown);
  }

  void lacking(String name) {
    differences.add(said + " no `" + name + "`, which the model requires");
  }

  void undeclared(String code) {
    differ(code, "an error that the model does not declare");
  }

  void otherStatus(String code, int status, int declared) {
    differ(code, "with status " + status + " in place of " + declared);
  }

  private void value(Part part, Shape shape, String place) {
    if (!part.isScalar(shape.type()) && !shape.isOpen()) {
      differ(place, "which is no " + shape.type());
      return;
    }
    switch (shape.type()) {
      case "structure" -> structure(part, shape, place + ".");
      case "list" -> list(part, shape, place);
      case "map" -> {
        part.keys(shape).forEach(key -> value(key, shape.key(), place + "{key}"));
        part.values(shape).forEach(each -> value(each, shape.value(), place + "{}"));
      }
      default -> word(part.text(), shape, place);
    }
  }

  private void list(Part part, Shape shape, String place) {
    List<String> strangers = part.strangers(shape);
    strangers.forEach(name ->
        differ(place + "." + Part.unknown(name), "which is not how the model names its items"));
    if (strangers.isEmpty()) {
      part.items(shape).forEach(item -> value(item, shape.item(), place + "[]"));
    }
  }

  private void word(String text, Shape shape, String place) {
    if (!shape.words().isEmpty() && !shape.words().contains(text)) {
      differ(place + "` = `" + text, "which is none of the model's words");
    }
  }

  private void differ(String place, String why) {
    differences.add(said + " `" + place + "`, " + why);
  }
}
