package io.rekindle.simulator.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A part of an XML document.
 *
 * @param elements several for a list without an element around it
 */
record XmlPart(List<Element> elements) implements Part {

  static XmlPart of(Element element) {
    return new XmlPart(List.of(element));
  }

  @Override
  public Map<String, Part> members(Shape structure) {
    Map<String, String> names = new LinkedHashMap<>();
    structure.members().forEach((name, shape) -> names.put(tag(name, shape), name));
    Map<String, List<Element>> found = new LinkedHashMap<>();
    children()
        .forEach(child ->
            found
                .computeIfAbsent(
                    names.getOrDefault(child.getTagName(), Part.unknown(child.getTagName())),
                    name -> new ArrayList<>())
                .add(child));
    Map<String, Part> members = new LinkedHashMap<>();
    found.forEach((name, each) -> members.put(name, new XmlPart(each)));
    return members;
  }

  /** A list without an element around it goes by the name of its items. */
  private static String tag(String name, Shape shape) {
    return (shape.isFlattened()
                && shape.type().equals("list")
                && shape.text("locationName").isEmpty()
            ? shape.item().locationName()
            : shape.locationName())
        .orElse(name);
  }

  List<String> names() {
    return children().map(Element::getTagName).map(Part::unknown).toList();
  }

  @Override
  public List<Part> items(Shape list) {
    return list.isFlattened() ? each(elements.stream()) : each(children());
  }

  @Override
  public List<String> strangers(Shape list) {
    String tag = list.itemName();
    return list.isFlattened()
        ? List.of()
        : children().map(Element::getTagName).filter(name -> !name.equals(tag)).toList();
  }

  @Override
  public List<Part> values(Shape map) {
    return entries(map, map.valueName());
  }

  @Override
  public List<Part> keys(Shape map) {
    return entries(map, map.keyName());
  }

  private List<Part> entries(Shape map, String half) {
    Stream<Element> entries = map.isFlattened() ? elements.stream() : children();
    return each(
        entries.flatMap(entry ->
            XmlPart.of(entry).children().filter(child -> child.getTagName().equals(half))));
  }

  @Override
  public boolean isScalar(String type) {
    return switch (type) {
      case "list", "map", "structure" -> true;
      default -> children().findAny().isEmpty() && Scalars.isWritten(text(), type);
    };
  }

  @Override
  public String text() {
    return elements.getFirst().getTextContent();
  }

  private Stream<Element> children() {
    return elements.stream()
        .flatMap(element ->
            Stream.iterate(
                element.getFirstChild(), node -> node != null, node -> node.getNextSibling()))
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  private static List<Part> each(Stream<Element> elements) {
    return elements.<Part>map(XmlPart::of).toList();
  }
}
