package io.rekindle.plan.reference;

import io.rekindle.plan.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** The fields of a kind as a Markdown list: what each is for, what may be written, and whether. */
final class FieldLines {
  private final List<String> lines = new ArrayList<>();

  private FieldLines() {}

  static List<String> of(Shape.Group fields) {
    FieldLines all = new FieldLines();
    fields.fields().forEach(slot -> all.field(slot, "", presence(slot)));
    return all.lines;
  }

  private void field(Shape.Slot slot, String indent, String presence) {
    lines.add(
        indent
            + "- `"
            + slot.name()
            + "` ("
            + type(slot.shape())
            + (presence.isEmpty() ? "" : ", " + presence)
            + "): "
            + KindPage.prose(slot.says()));
    nested(slot.shape(), indent + "  ");
  }

  private static String presence(Shape.Slot slot) {
    if (slot.required()) {
      return "required";
    }
    boolean flag = slot.shape() instanceof Shape.Leaf leaf && leaf.type() == Shape.LeafType.FLAG;
    return slot.byDefault()
        .map(value -> "default `" + value + "`")
        .orElse(flag && !slot.nullable() ? "default `false`" : "optional");
  }

  /** What may be written, in as few words as a reader needs. */
  private static String type(Shape shape) {
    return switch (shape) {
      case Shape.ListOf list ->
          list.orOne()
              ? type(list.item()) + (list.atLeast() == 0 ? ", any number" : ", one or several")
              : "list of "
                  + (list.item() instanceof Shape.Group ? "groups of fields" : type(list.item()))
                  + (list.atLeast() > 1 ? ", at least " + list.atLeast() : "");
      case Shape.Choice choice -> "one of these";
      case Shape.Leaf leaf -> word(leaf);
      case Shape.MapOf map -> word(map);
      case Shape.Group group -> word(group);
      case Shape.Raw raw -> word(raw);
    };
  }

  private static String word(Shape shape) {
    return shape.noun().replaceFirst("^an? ", "").replaceFirst(" such as arn:\\S+", "");
  }

  private void nested(Shape shape, String indent) {
    switch (shape) {
      case Shape.Leaf leaf -> {}
      case Shape.Raw raw -> {}
      case Shape.ListOf list -> nested(list.item(), indent);
      case Shape.MapOf map -> nested(map.value(), indent);
      case Shape.Group group -> group.fields().forEach(slot -> field(slot, indent, presence(slot)));
      case Shape.Choice choice -> choice.groups().forEach(group -> alternative(group, indent));
    }
  }

  /** The first field is what the alternative is told by; the others go with it. */
  private void alternative(Shape.Group group, String indent) {
    field(group.fields().getFirst(), indent, "");
    group.fields().stream().skip(1).forEach(slot -> field(slot, indent + "  ", presence(slot)));
  }
}
