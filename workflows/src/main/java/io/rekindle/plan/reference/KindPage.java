package io.rekindle.plan.reference;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Spread;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.plan.value.Arn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference page of a kind, in Markdown that also reads well on a terminal. */
public final class KindPage {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("[^\\s<>]*(?:<[a-z]+>[^\\s<>]*?)+(?=[.,;:)]*(?:\\s|$))");
  private final StringBuilder page = new StringBuilder();

  private KindPage() {}

  public static String of(Kind kind) {
    KindPage page = new KindPage();
    page.line("# " + kind.name()).line().line(prose(kind.facts().says())).line().line(facts(kind));
    page.fields(kind);
    page.outputs(kind);
    page.changes(kind);
    page.undoAndDrill(kind);
    page.permissions(kind);
    page.example(kind);
    return page.page.toString();
  }

  private KindPage line(String text) {
    page.append(text).append('\n');
    return this;
  }

  private KindPage line() {
    return line("");
  }

  private KindPage head(String title) {
    return line().line("## " + title).line();
  }

  /** Markdown would swallow {@code <run>} as a tag. */
  private static String prose(String sentence) {
    return PLACEHOLDER.matcher(sentence).replaceAll("`$0`");
  }

  /** The line of a kind in a list of many. */
  public static String summary(Kind kind) {
    return prose(kind.summary());
  }

  private static String facts(Kind kind) {
    List<String> facts = new ArrayList<>();
    facts.add("Role: " + Shapes.word(kind.facts().role()));
    facts.add(
        kind.isControl()
            ? "interpreted by the workflow"
            : kind.isGlobal() ? "belongs to no Region" : "acts in one Region");
    facts.add(
        switch (kind.facts().plane()) {
          case CONTROL -> "control plane";
          case DATA -> "data plane";
          case NONE -> "calls no AWS API";
        });
    facts.add("budget " + kind.facts().budget());
    return String.join(" · ", facts);
  }

  private void fields(Kind kind) {
    head("Fields");
    kind.fields().fields().forEach(slot -> field(slot, "", presence(slot)));
  }

  private void field(Shape.Slot slot, String indent, String presence) {
    line(
        indent
            + "- `"
            + slot.name()
            + "` ("
            + type(slot.shape())
            + (presence.isEmpty() ? "" : ", " + presence)
            + "): "
            + prose(slot.says()));
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

  private void outputs(Kind kind) {
    if (!kind.outputs().isEmpty()) {
      head("Outputs");
      for (Kind.Output output : kind.outputs()) {
        line(
            "- `"
                + output.name()
                + "`"
                + type(output.type())
                + ": "
                + prose(output.says())
                + " It looks like `"
                + output.like()
                + "`.");
      }
    }
  }

  private static String type(Class<?> type) {
    if (type == Integer.class || type == Long.class) {
      return " (whole number)";
    }
    if (type == Boolean.class) {
      return " (true or false)";
    }
    if (type == Instant.class) {
      return " (time)";
    }
    return type == Arn.class ? " (ARN)" : "";
  }

  private void changes(Kind kind) {
    head(kind.looksOnly() ? "Changes" : "Changes, in this order");
    if (kind.looksOnly()) {
      line("None. It takes " + time(kind.settles()) + ".");
      return;
    }
    int number = 1;
    for (Kind.Change change : kind.changes()) {
      String condition =
          change.onlyIf().map(field -> " Only if `" + field + "` is set.").orElse("");
      line(number++ + ". `" + change.name() + "`: " + prose(change.does()) + condition);
      line("   Takes " + time(change.lasts()) + ".");
    }
  }

  private static String time(Spread spread) {
    return spread.isTold() ? "as long as the step says" : spread + " (" + spread.source() + ")";
  }

  private void undoAndDrill(Kind kind) {
    head("Never twice, undo, drills");
    line(
        "- Guard: "
            + (kind.looksOnly()
                ? "none is needed. Looking again changes nothing."
                : guard(kind.facts().guard())));
    line("- Undo: " + prose(kind.facts().undoing()));
    line("- Drill: " + prose(kind.facts().drilling()));
  }

  private static String guard(Facts.Guard guard) {
    return switch (guard) {
      case NAME -> "name. What it creates has a name that only this step of this run gives.";
      case TOKEN -> "token. AWS recognises a repeated call.";
      case STATE -> "state. It compares before it changes, so that repeating changes nothing.";
      case NONE -> "none. It happens at least once, under one de-duplication id.";
    };
  }

  private void permissions(Kind kind) {
    head("Permissions");
    List<Permission> permissions =
        Example.of(kind)
            .map(Example::record)
            .map(record ->
                record instanceof Action action
                    ? action.permissions(Example.REALM)
                    : List.<Permission>of())
            .orElse(List.of());
    if (permissions.isEmpty()) {
      line("None: it calls no AWS API.");
      return;
    }
    line("For the example below:").line();
    needs(kind)
        .forEach((title, need) -> actions(title, permissions.stream().filter(need).toList()));
  }

  /** In the order in which they are used. */
  private static Map<String, Predicate<Permission>> needs(Kind kind) {
    Map<String, Predicate<Permission>> needs = new LinkedHashMap<>();
    needs.put("To look", permission -> permission.need() == Need.LOOK);
    for (Kind.Change change : kind.changes()) {
      Predicate<Permission> its = permission -> permission.change().equals(change.name());
      String name = "`" + change.name() + "`";
      needs.put("For " + name, its.and(permission -> permission.need() == Need.CHANGE));
      needs.put(
          "Checked by AWS for " + name, its.and(permission -> permission.need() == Need.IMPLIED));
    }
    needs.put("To undo", permission -> permission.need() == Need.UNDO);
    return needs;
  }

  private void actions(String title, List<Permission> permissions) {
    if (permissions.isEmpty()) {
      return;
    }
    line("- " + title + ":");
    permissions.stream()
        .collect(
            Collectors.groupingBy(
                Permission::resources,
                LinkedHashMap::new,
                Collectors.mapping(Permission::action, Collectors.toList())))
        .forEach((resources, actions) -> line("  - " + code(actions) + " on " + code(resources)));
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private void example(Kind kind) {
    Example.of(kind)
        .ifPresent(
            example -> head("Example").line("```yaml").line(example.text().strip()).line("```"));
  }
}
