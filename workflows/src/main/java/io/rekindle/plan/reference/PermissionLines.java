package io.rekindle.plan.reference;

import io.rekindle.plan.Kind;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the example of a kind may call, as a Markdown list in the order in which it is used. */
final class PermissionLines {
  private final List<String> lines = new ArrayList<>();

  private PermissionLines() {}

  /** Empty where nothing is called. */
  static List<String> of(Kind kind) {
    List<Permission> permissions =
        Example.of(kind)
            .map(Example::record)
            .map(record ->
                record instanceof Action action
                    ? action.permissions(Example.REALM)
                    : List.<Permission>of())
            .orElse(List.of());
    PermissionLines all = new PermissionLines();
    needs(kind)
        .forEach((title, need) -> all.actions(title, permissions.stream().filter(need).toList()));
    return all.lines;
  }

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
    lines.add("- " + title + ":");
    permissions.stream()
        .collect(
            Collectors.groupingBy(
                Permission::resources,
                LinkedHashMap::new,
                Collectors.mapping(Permission::action, Collectors.toList())))
        .forEach(
            (resources, actions) -> lines.add("  - " + code(actions) + " on " + code(resources)));
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }
}
