package io.rekindle.plan.shape;

import static java.util.stream.Collectors.toSet;

import io.rekindle.plan.shape.Shape.Leaf;
import io.rekindle.plan.shape.Shape.LeafType;
import io.rekindle.plan.shape.Shape.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what was written and reports everything that does not fit, in one go. Where a
 * part is missing or wrong it goes on with a stand-in, so that one mistake gives one problem and
 * hides no other.
 */
public final class Binder {
  private static final Node.Fields NOTHING_WRITTEN = new Node.Fields(Place.START, List.of());
  private final List<Problem> problems = new ArrayList<>();
  private boolean whole = true;

  private Binder() {}

  /**
   * @param path where the node stands in the plan, for the problems
   */
  public static <T extends Record> Bound<Optional<T>> bind(Node node, Class<T> type, String path) {
    Binder binder = new Binder();
    Object value = binder.group(node, Shapes.of(type), path);
    return new Bound<>(
        Optional.ofNullable(type.cast(value)), binder.whole, List.copyOf(binder.problems));
  }

  /** What a single value of a type looks like, where this is none. */
  public static Optional<String> misfit(Node.Scalar value, Class<?> type) {
    Shape shape = Shapes.single(type, Shape.Range.ALL);
    Binder binder = new Binder();
    binder.value(value, shape, "");
    return binder.whole ? Optional.empty() : Optional.of(shape.noun());
  }

  private @Nullable Object value(Node node, Shape shape, String path) {
    return switch (shape) {
      case Leaf leaf -> leaf(node, leaf, path);
      case Shape.ListOf list -> list(node, list, path);
      case Shape.MapOf map -> map(node, map, path);
      case Shape.Group group -> group(node, group, path);
      case Shape.Choice choice -> choice(node, choice, path);
      case Shape.Raw raw -> node;
    };
  }

  private @Nullable Object leaf(Node node, Leaf leaf, String path) {
    if (node instanceof Node.Unknown) {
      whole = false;
      return null;
    }
    if (!(node instanceof Node.Scalar scalar) || scalar.type() == Node.ScalarType.NOTHING) {
      return refuse(node, path, expected(leaf, node));
    }
    if (!leaf.type().takes(scalar)) {
      return refuse(node, path, expected(leaf, node) + hint(leaf, scalar));
    }
    if (leaf.type() == LeafType.TEXT && scalar.text().isBlank()) {
      return refuse(node, path, expected(leaf, node));
    }
    if (!leaf.choices().isEmpty() && !leaf.choices().contains(scalar.text())) {
      problems.add(
          Problem.at(node.place(), path, expected(leaf, node))
              .meaning(Nearest.to(scalar.text(), leaf.choices())));
      whole = false;
      return null;
    }
    return read(scalar, leaf, path);
  }

  private @Nullable Object read(Node.Scalar scalar, Leaf leaf, String path) {
    try {
      Object value = leaf.read().apply(scalar.text());
      if (value instanceof Number number && !leaf.range().holds(number)) {
        return refuse(scalar, path, expected(leaf, scalar));
      }
      return value;
    } catch (NumberFormatException tooLarge) {
      return refuse(scalar, path, expected(leaf, scalar));
    } catch (Suggesting refused) {
      problems.add(
          Problem.at(scalar.place(), path, scalar.describe() + " " + refused.getMessage())
              .meaning(refused.nearest()));
      whole = false;
      return null;
    } catch (IllegalArgumentException refused) {
      return refuse(scalar, path, scalar.describe() + " " + refused.getMessage());
    }
  }

  private static String expected(Shape shape, Node node) {
    return "expected " + shape.noun() + ", found " + node.describe();
  }

  private static String hint(Leaf leaf, Node.Scalar scalar) {
    return !scalar.quoted()
            && leaf.type() == LeafType.TEXT
            && leaf.pattern().isEmpty()
            && leaf.choices().isEmpty()
        ? " (put it in quotes: \"" + scalar.text() + "\")"
        : "";
  }

  private @Nullable Object refuse(Node node, String path, String what) {
    problems.add(Problem.at(node.place(), path, what));
    whole = false;
    return null;
  }

  private List<Object> list(Node node, Shape.ListOf list, String path) {
    if (!(node instanceof Node.Items items)) {
      if (list.orOne()) {
        return readable(List.of(node), list, path);
      }
      refuse(node, path, expected(list, node));
      return List.of();
    }
    if (items.nodes().size() < list.atLeast()) {
      refuse(
          node,
          path,
          items.nodes().isEmpty()
              ? "the list is empty"
              : "expected at least " + list.atLeast() + " entries, found " + items.nodes().size());
    }
    return readable(items.nodes(), list, path);
  }

  private List<Object> readable(List<Node> nodes, Shape.ListOf list, String path) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Object value = value(nodes.get(i), list.item(), path + "." + Node.nameOf(nodes.get(i), i));
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Map<String, Object> map(Node node, Shape.MapOf map, String path) {
    if (!(node instanceof Node.Fields fields)) {
      refuse(node, path, expected(map, node));
      return Map.of();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Node.Field field : fields.fields()) {
      Object value = value(field.value(), map.value(), path + "." + field.name());
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return java.util.Collections.unmodifiableMap(values);
  }

  private @Nullable Object choice(Node node, Shape.Choice choice, String path) {
    if (!(node instanceof Node.Fields fields)) {
      return refuse(node, path, expected(choice, node));
    }
    List<Shape.Group> named =
        choice.groups().stream()
            .filter(group -> fields.get(group.slots().getFirst().name()).isPresent())
            .toList();
    if (named.size() > 1) {
      return refuse(node, path, "expected only " + choice.noun());
    }
    if (named.size() == 1) {
      return group(node, named.getFirst(), path);
    }
    whole = false;
    problems.add(
        Problem.at(
                fields.fields().isEmpty() ? node.place() : fields.fields().getFirst().place(),
                path,
                "expected " + choice.noun())
            .meaning(
                fields.fields().stream()
                    .findFirst()
                    .flatMap(field -> Nearest.to(field.name(), choice.keys()))));
    return null;
  }

  private @Nullable Object group(Node node, Shape.Group group, String path) {
    Optional<Slot> shorthand = group.shorthand();
    if (shorthand.isPresent() && (node instanceof Node.Scalar || node instanceof Node.Unknown)) {
      Node.Field only = new Node.Field(node.place(), shorthand.get().name(), node);
      return fields(new Node.Fields(node.place(), List.of(only)), group, path);
    }
    if (!(node instanceof Node.Fields fields)) {
      return refuse(node, path, expected(group, node));
    }
    return fields(fields, group, path);
  }

  private @Nullable Object fields(Node.Fields fields, Shape.Group group, String path) {
    Set<String> misspelt = unknown(fields, group, path);
    boolean wholeBefore = whole;
    whole = misspelt.isEmpty();
    Object made = part(fields, group, misspelt, path);
    whole &= wholeBefore;
    return made;
  }

  private @Nullable Object part(
      Node.Fields fields, Shape.Group group, Set<String> misspelt, String path) {
    @Nullable Object[] values = new @Nullable Object[group.slots().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = slot(fields, group.slots().get(i), misspelt, path);
    }
    return construct(fields, group, values, path);
  }

  private @Nullable Object construct(
      Node.Fields fields, Shape.Group group, @Nullable Object[] values, String path) {
    try {
      return Shapes.construct(group.constructor(), values);
    } catch (IllegalArgumentException refused) {
      if (whole) {
        refuse(fields, path, refused.getMessage() == null ? "is not valid" : refused.getMessage());
      }
      return null;
    } catch (IllegalStateException ofStandIns) {
      if (whole) {
        throw ofStandIns;
      }
      return null;
    }
  }

  /**
   * Reports keys that no field has, and gives the fields they probably meant: those are not missing
   * as well.
   */
  private Set<String> unknown(Node.Fields fields, Shape.Group group, String path) {
    Set<String> meant = new HashSet<>();
    Set<String> written = fields.fields().stream().map(Node.Field::name).collect(toSet());
    List<String> valid = group.fields().stream().map(Slot::name).toList();
    List<String> free = valid.stream().filter(name -> !written.contains(name)).toList();
    for (Node.Field field : fields.fields()) {
      if (!valid.contains(field.name()) && problems.size() < Problem.MOST) {
        unknown(field, valid, free, path).ifPresent(meant::add);
        whole = false;
      }
    }
    return meant;
  }

  private Optional<String> unknown(
      Node.Field field, List<String> valid, List<String> free, String path) {
    Optional<String> nearest =
        Nearest.to(field.name(), free).or(() -> Nearest.to(field.name(), valid));
    String known =
        nearest.isPresent()
            ? ""
            : valid.isEmpty() ? "; none is expected" : "; known are " + String.join(", ", valid);
    problems.add(
        Problem.at(field.place(), path, "unknown key '" + field.name() + "'" + known)
            .meaning(nearest));
    return nearest;
  }

  private @Nullable Object slot(Node.Fields fields, Slot slot, Set<String> misspelt, String path) {
    if (slot.source()) {
      return fields;
    }
    if (slot.inline() && slot.shape() instanceof Shape.Group group) {
      return part(fields, group, misspelt, path);
    }
    Optional<Node> written = fields.get(slot.name());
    if (written.isPresent()) {
      Object value =
          value(
              written.get(), slot.shape(), path.isEmpty() ? slot.name() : path + "." + slot.name());
      return value == null || (slot.nullable() && isPart(value, written.get()))
          ? absent(slot)
          : value;
    }
    if (slot.required()) {
      whole = false;
      if (!misspelt.contains(slot.name())) {
        problems.add(
            Problem.at(
                fields.place(), path, "missing '" + slot.name() + "' (" + slot.says() + ")"));
      }
    }
    return absent(slot);
  }

  /** Whether entries of a list are lost: where "not written" means all of them, a part misleads. */
  private static boolean isPart(Object value, Node written) {
    return value instanceof List<?> read
        && (!(written instanceof Node.Items items) || items.nodes().size() > read.size());
  }

  private static @Nullable Object absent(Slot slot) {
    if (slot.byDefault().isPresent() && slot.shape() instanceof Leaf leaf) {
      return leaf.read().apply(slot.byDefault().get());
    }
    if (slot.nullable()) {
      return null;
    }
    return slot.required() ? standIn(slot.shape()) : empty(slot.shape());
  }

  private static @Nullable Object empty(Shape shape) {
    return switch (shape) {
      case Leaf leaf -> leaf.type() == LeafType.FLAG ? Boolean.FALSE : null;
      case Shape.ListOf list -> List.of();
      case Shape.MapOf map -> Map.of();
      case Shape.Group group -> null;
      case Shape.Choice choice -> null;
      case Shape.Raw raw -> null;
    };
  }

  /** Something that fits, so that what stands beside a mistake can still be read. */
  private static @Nullable Object standIn(Shape shape) {
    return switch (shape) {
      case Leaf leaf -> leaf.read().apply(leaf.standIn());
      case Shape.ListOf list -> List.of();
      case Shape.MapOf map -> Map.of();
      case Shape.Group group ->
          Shapes.construct(
              group.constructor(), group.slots().stream().map(Binder::absentOrSource).toArray());
      case Shape.Choice choice -> standIn(choice.groups().getFirst());
      case Shape.Raw raw -> NOTHING_WRITTEN;
    };
  }

  private static @Nullable Object absentOrSource(Slot slot) {
    return slot.source() ? NOTHING_WRITTEN : absent(slot);
  }
}
