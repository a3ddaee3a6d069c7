package io.rekindle.plan.reference;

import io.rekindle.plan.Kind;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference page of a kind, in Markdown that also reads well on a terminal. */
public final class KindPage {
  private final StringBuilder page = new StringBuilder();

  private KindPage() {}

  public static String of(Kind kind) {
    KindPage page = new KindPage();
    page.line("# " + kind.name()).line().line(kind.facts().says()).line().line(facts(kind));
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
    kind.fields().fields().forEach(slot -> field(slot, ""));
  }

  private void field(Shape.Slot slot, String indent) {
    String presence =
        slot.required()
            ? "required"
            : slot.byDefault().map(value -> "default `" + value + "`").orElse("optional");
    line(
        indent
            + "- `"
            + slot.name()
            + "` ("
            + slot.shape().noun()
            + ", "
            + presence
            + "): "
            + slot.says());
    nested(slot.shape(), indent + "  ");
  }

  private void nested(Shape shape, String indent) {
    switch (shape) {
      case Shape.Leaf leaf -> {}
      case Shape.Raw raw -> {}
      case Shape.ListOf list -> nested(list.item(), indent);
      case Shape.MapOf map -> nested(map.value(), indent);
      case Shape.Group group -> group.fields().forEach(slot -> field(slot, indent));
      case Shape.Choice choice ->
          choice.groups().forEach(group -> group.fields().forEach(slot -> field(slot, indent)));
    }
  }

  private void outputs(Kind kind) {
    if (!kind.outputs().isEmpty()) {
      head("Outputs");
      for (Facts.Output output : kind.outputs()) {
        line(
            "- `"
                + output.name()
                + "`: "
                + output.says()
                + " It looks like `"
                + output.like()
                + "`.");
      }
    }
  }

  private void changes(Kind kind) {
    head(kind.looksOnly() ? "Looks" : "Changes, in this order");
    if (kind.looksOnly()) {
      line(
          "It changes nothing. It takes " + kind.settles() + " (" + kind.settles().source() + ").");
      return;
    }
    int number = 1;
    for (Kind.Change change : kind.changes()) {
      String condition =
          change.onlyIf().map(field -> " Only if `" + field + "` is set.").orElse("");
      line(number++ + ". `" + change.name() + "`: " + change.does() + condition);
      line("   Takes " + change.lasts() + " (" + change.lasts().source() + ").");
    }
  }

  private void undoAndDrill(Kind kind) {
    head("Never twice, undo, drills");
    line("- Guard: " + guard(kind.facts().guard()));
    line("- Undo: " + kind.facts().undoing());
    line("- Drill: " + kind.facts().drilling());
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
    byNeed(permissions).forEach((need, actions) -> line("- " + need + ": " + actions));
  }

  private static Map<String, String> byNeed(List<Permission> permissions) {
    return permissions.stream()
        .collect(
            Collectors.groupingBy(
                KindPage::need,
                LinkedHashMap::new,
                Collectors.mapping(
                    permission ->
                        "`"
                            + permission.action()
                            + "` on "
                            + permission.resources().stream()
                                .map(resource -> "`" + resource + "`")
                                .collect(Collectors.joining(", ")),
                    Collectors.joining("; "))));
  }

  private static String need(Permission permission) {
    return switch (permission.need()) {
      case LOOK -> "to look";
      case CHANGE -> "for `" + permission.change() + "`";
      case UNDO -> "to undo";
      case IMPLIED -> "implied by `" + permission.change() + "`";
    };
  }

  private void example(Kind kind) {
    Example.of(kind)
        .ifPresent(
            example -> head("Example").line("```yaml").line(example.text().strip()).line("```"));
  }
}
