package io.rekindle.plan.reference;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Spread;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
  static String prose(String sentence) {
    return PLACEHOLDER.matcher(sentence).replaceAll("`$0`");
  }

  /** The line of a kind in a list of many. */
  public static String summary(Kind kind) {
    return prose(kind.summary());
  }

  private static final Duration A_LOOK = Duration.ofSeconds(30);

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
    if (!kind.isControl() && kind.look().compareTo(A_LOOK) > 0) {
      facts.add("one look up to " + kind.facts().look());
    }
    return String.join(" · ", facts);
  }

  private void fields(Kind kind) {
    head("Fields");
    FieldLines.of(kind.fields()).forEach(this::line);
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
    List<String> lines = PermissionLines.of(kind);
    if (lines.isEmpty()) {
      line("None: it calls no AWS API.");
    } else {
      line("For the example below:").line();
      lines.forEach(this::line);
    }
  }

  private void example(Kind kind) {
    Example.of(kind)
        .ifPresent(
            example -> head("Example").line("```yaml").line(example.text().strip()).line("```"));
  }
}
