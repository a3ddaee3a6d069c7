package io.rekindle.plan.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import java.util.List;
import java.util.function.Predicate;

/** The JSON Schema of plans, so that editors complete and check them. */
final class PlanSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EXPRESSION = "\\$\\{";

  private PlanSchema() {}

  static ObjectNode json() {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Rekindle plan");
    schema.setAll((ObjectNode) group(Shapes.of(Plan.class), false));
    ObjectNode definitions = schema.putObject("$defs");
    Kinds.all().forEach(kind -> definitions.set(kind.name(), with(kind)));
    return schema;
  }

  private static JsonNode with(Kind kind) {
    ObjectNode with = (ObjectNode) group(kind.fields(), true);
    with.put("description", kind.facts().says());
    return with;
  }

  private static JsonNode of(Shape shape, boolean expressions) {
    return switch (shape) {
      case Shape.Leaf leaf -> leaf(leaf, expressions);
      case Shape.ListOf list -> list(list, expressions);
      case Shape.MapOf map -> {
        ObjectNode node = JSON.objectNode().put("type", "object");
        node.set("additionalProperties", of(map.value(), expressions));
        yield node;
      }
      case Shape.Group group -> group(group, expressions);
      case Shape.Choice choice -> {
        ObjectNode node = JSON.objectNode();
        ArrayNode groups = node.putArray("oneOf");
        choice.groups().forEach(group -> groups.add(alternative(group, expressions)));
        yield node;
      }
      case Shape.Raw raw -> JSON.objectNode();
    };
  }

  private static JsonNode leaf(Shape.Leaf leaf, boolean expressions) {
    ObjectNode plain = JSON.objectNode();
    switch (leaf.type()) {
      case TEXT -> plain.put("type", "string");
      case WHOLE -> plain.put("type", "integer");
      case DECIMAL -> plain.put("type", "number");
      case FLAG -> plain.put("type", "boolean");
      case ANY -> plain.putArray("type").add("string").add("number").add("boolean");
    }
    if (!leaf.pattern().isEmpty()) {
      plain.put("pattern", leaf.pattern());
    }
    if (!leaf.choices().isEmpty()) {
      leaf.choices().forEach(plain.putArray("enum")::add);
    }
    if (leaf.range().min() > Integer.MIN_VALUE) {
      plain.put("minimum", leaf.range().min());
    }
    if (leaf.range().max() < Integer.MAX_VALUE) {
      plain.put("maximum", leaf.range().max());
    }
    boolean free =
        leaf.type() == Shape.LeafType.TEXT && leaf.pattern().isEmpty() && leaf.choices().isEmpty();
    return expressions && !free && leaf.type() != Shape.LeafType.ANY ? orExpression(plain) : plain;
  }

  private static JsonNode orExpression(ObjectNode plain) {
    ObjectNode either = JSON.objectNode();
    either
        .putArray("anyOf")
        .add(plain)
        .add(JSON.objectNode().put("type", "string").put("pattern", EXPRESSION));
    return either;
  }

  private static JsonNode list(Shape.ListOf list, boolean expressions) {
    ObjectNode many = JSON.objectNode().put("type", "array");
    many.set("items", of(list.item(), expressions));
    if (list.atLeast() > 0) {
      many.put("minItems", list.atLeast());
    }
    if (!list.orOne()) {
      return many;
    }
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(of(list.item(), expressions)).add(many);
    return either;
  }

  private static JsonNode group(Shape.Group group, boolean expressions) {
    ObjectNode fields = JSON.objectNode().put("type", "object");
    ObjectNode properties = fields.putObject("properties");
    for (Shape.Slot slot : group.fields()) {
      properties.set(slot.name(), slot(slot, expressions));
    }
    List<String> required =
        group.fields().stream().filter(Shape.Slot::required).map(Shape.Slot::name).toList();
    if (!required.isEmpty()) {
      required.forEach(fields.putArray("required")::add);
    }
    fields.put("additionalProperties", false);
    if (properties.has("uses")) {
      uses(fields, group);
    }
    return group.shorthand().map(slot -> shorthand(fields, slot, expressions)).orElse(fields);
  }

  /** Told apart by its first field, which must therefore be there. */
  private static JsonNode alternative(Shape.Group group, boolean expressions) {
    ObjectNode fields = (ObjectNode) group(group, expressions);
    Shape.Slot first = group.fields().getFirst();
    if (!first.required()) {
      fields.withArray("required").insert(0, first.name());
    }
    return fields;
  }

  private static JsonNode shorthand(ObjectNode fields, Shape.Slot slot, boolean expressions) {
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(of(slot.shape(), expressions)).add(fields);
    return either;
  }

  private static JsonNode slot(Shape.Slot slot, boolean expressions) {
    ObjectNode node = (ObjectNode) of(slot.shape(), expressions);
    node.put("description", slot.says());
    if (slot.shape() instanceof Shape.Leaf leaf) {
      slot.byDefault().ifPresent(value -> node.set("default", value(value, leaf)));
    }
    return node;
  }

  private static JsonNode value(String written, Shape.Leaf leaf) {
    return leaf.type() == Shape.LeafType.WHOLE
        ? JSON.numberNode(Long.parseLong(written))
        : JSON.textNode(written);
  }

  /** What stands under {@code with} depends on {@code uses}. */
  private static void uses(ObjectNode fields, Shape.Group group) {
    Predicate<Kind> fits =
        group.type() == Step.class
            ? kind -> !kind.isProbe()
            : group.type() == Plan.Evidence.class ? Kind::isProbe : Kind::isMessage;
    List<Kind> kinds = Kinds.all().stream().filter(fits).toList();
    ObjectNode uses = (ObjectNode) fields.get("properties").get("uses");
    kinds.forEach(kind -> uses.withArray("enum").add(kind.name()));
    ArrayNode rules = fields.putArray("allOf");
    for (Kind kind : kinds) {
      ObjectNode rule = rules.addObject();
      ObjectNode condition = rule.putObject("if");
      condition.putArray("required").add("uses");
      condition.set(
          "properties", JSON.objectNode().set("uses", JSON.objectNode().put("const", kind.name())));
      rule.putObject("then")
          .set(
              "properties",
              JSON.objectNode()
                  .set("with", JSON.objectNode().put("$ref", "#/$defs/" + kind.name())));
    }
  }
}
