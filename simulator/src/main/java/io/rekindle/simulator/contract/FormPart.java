package io.rekindle.simulator.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a form, in which {@code Tags.member.1.Key} is the key of the first tag.
 *
 * @param fields what follows the name of the part; the empty name is the part itself
 * @param ofEc2 whether it is written as EC2 wants it, which has ways of its own
 */
record FormPart(Map<String, String> fields, boolean ofEc2) implements Part {
  private static final List<String> OF_EVERY_REQUEST = List.of("Action", "Version");

  static FormPart request(Map<String, String> form, boolean ofEc2) {
    Map<String, String> fields = new TreeMap<>(form);
    OF_EVERY_REQUEST.forEach(fields::remove);
    return new FormPart(fields, ofEc2);
  }

  @Override
  public Map<String, Part> members(Shape structure) {
    Map<String, String> names = new LinkedHashMap<>();
    structure.members().forEach((name, shape) -> names.put(onTheWire(name, shape), name));
    Map<String, Part> members = new LinkedHashMap<>();
    below()
        .forEach((name, fields) ->
            members.put(names.getOrDefault(name, Part.unknown(name)), new FormPart(fields, ofEc2)));
    return members;
  }

  private String onTheWire(String name, Shape shape) {
    if (ofEc2) {
      return shape.text("queryName").orElseGet(() -> capital(shape.locationName().orElse(name)));
    }
    return shape.locationName().orElse(name);
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  @Override
  public List<Part> items(Shape list) {
    return ofEc2 || list.isFlattened() ? numbered() : below(list.itemName()).numbered();
  }

  @Override
  public List<String> strangers(Shape list) {
    String tag = list.itemName();
    return ofEc2 || list.isFlattened()
        ? List.of()
        : below().keySet().stream().filter(name -> !name.equals(tag)).toList();
  }

  @Override
  public List<Part> values(Shape map) {
    return halves(map, map.valueName());
  }

  @Override
  public List<Part> keys(Shape map) {
    return halves(map, map.keyName());
  }

  private List<Part> halves(Shape map, String half) {
    FormPart entries = map.isFlattened() ? this : below("entry");
    return entries.numbered().stream().<Part>map(entry -> ((FormPart) entry).below(half)).toList();
  }

  @Override
  public boolean isScalar(String type) {
    return switch (type) {
      case "list", "map", "structure" -> true;
      default -> below().isEmpty() && Scalars.isWritten(text(), type);
    };
  }

  @Override
  public String text() {
    return fields.getOrDefault("", "");
  }

  private List<Part> numbered() {
    return below().values().stream().<Part>map(each -> new FormPart(each, ofEc2)).toList();
  }

  private FormPart below(String name) {
    return new FormPart(below().getOrDefault(name, Map.of()), ofEc2);
  }

  private Map<String, Map<String, String>> below() {
    Map<String, Map<String, String>> below = new TreeMap<>();
    fields.forEach((name, value) -> {
      if (!name.isEmpty()) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        below
            .computeIfAbsent(first, each -> new TreeMap<>())
            .put(dot < 0 ? "" : name.substring(dot + 1), value);
      }
    });
    return below;
  }
}
