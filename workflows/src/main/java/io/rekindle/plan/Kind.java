package io.rekindle.plan;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Node.ScalarType;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.plan.step.proof.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kind of step: its declaration, read. */
public record Kind(
    Class<? extends Record> type,
    Facts facts,
    Shape.Group fields,
    List<Change> changes,
    Spread settles,
    List<Output> outputs) {
  /** The output of steps that bring data back: the time up to which. */
  public static final String RECOVERY_POINT = "recoveryPoint";

  /**
   * @param onlyIf the field without which the change is not made; empty when it always is
   */
  public record Change(String name, String does, Spread lasts, Optional<String> onlyIf) {

    /** Whether it is made with what the step was given; what is not known yet may ask for it. */
    public boolean isWanted(Node with) {
      return onlyIf.isEmpty()
          || with instanceof Node.Fields fields
              && fields.get(onlyIf.get()).filter(Change::isSet).isPresent();
    }

    private static boolean isSet(Node value) {
      return switch (value) {
        case Node.Scalar scalar ->
            switch (scalar.type()) {
              case NOTHING -> false;
              case FLAG -> scalar.text().equals("true");
              case TEXT, WHOLE, DECIMAL -> true;
            };
        case Node.Items items -> !items.nodes().isEmpty();
        case Node.Fields group -> !group.fields().isEmpty();
        case Node.Unknown unknown -> true;
      };
    }
  }

  /**
   * A value that later steps can read.
   *
   * @param like what it looks like: a text with blanks in braces
   * @param type never primitive; a list is a text with commas
   */
  public record Output(String name, String says, String like, Class<?> type) {
    private static final Pattern BLANK = Pattern.compile("\\{([A-Za-z.]+)}");

    /** How it looks with every blank filled; empty when one cannot be. */
    public Optional<String> filled(Function<String, Optional<String>> blank) {
      Matcher blanks = BLANK.matcher(like);
      StringBuilder filled = new StringBuilder();
      while (blanks.find()) {
        Optional<String> value = blank.apply(blanks.group(1));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        blanks.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
      }
      return Optional.of(blanks.appendTail(filled).toString());
    }

    /** The same of a step that may run in a drill, where what is made has a name of its own. */
    public Output of(boolean drill) {
      String named = like.replace("{target}-{run}", "drill-{run}-{target}");
      return drill
          ? new Output(name, says, named.replace("secret:{", "secret:drill-{run}-{"), type)
          : this;
    }

    /** A text that a person gives for it, as the value that an expression reads. */
    public Node.Scalar given(String text) {
      return scalar() == ScalarType.TEXT
          ? Node.Scalar.text(Place.START, text)
          : Node.Scalar.plain(Place.START, text);
    }

    /** The type that it has where an expression names it. */
    public ScalarType scalar() {
      if (type == Integer.class || type == Long.class) {
        return ScalarType.WHOLE;
      }
      return type == Boolean.class ? ScalarType.FLAG : ScalarType.TEXT;
    }
  }

  static Kind of(Class<? extends Declared> declaration) {
    Class<? extends Record> type = declaration.asSubclass(Record.class);
    Facts facts = type.getAnnotation(Facts.class);
    if (facts == null) {
      throw new IllegalStateException(type + " declares no @Facts.");
    }
    try {
      return of(type, facts);
    } catch (IllegalArgumentException refused) {
      throw new IllegalStateException(type + ": " + refused.getMessage(), refused);
    }
  }

  private static Kind of(Class<? extends Record> type, Facts facts) {
    return new Kind(
        type,
        facts,
        Shapes.of(type),
        DeclaredParts.changes(type),
        Spread.of(facts.settles()),
        DeclaredParts.outputs(type));
  }

  public String name() {
    return facts.kind();
  }

  /** The first half of the name; the whole of it for control steps. */
  public String service() {
    return name().replaceFirst("\\..*", "");
  }

  /** The first thing said about it, as a sentence: what it does, without the traps. */
  public String summary() {
    String says = facts.says();
    int depth = 0;
    for (int i = 1; i < says.length() - 1; i++) {
      char here = says.charAt(i);
      if (here == '(') {
        depth++;
      } else if (here == ')') {
        depth--;
      } else if (depth == 0 && ".:;".indexOf(here) >= 0 && says.charAt(i + 1) == ' ') {
        return says.substring(0, i) + ".";
      }
    }
    return says;
  }

  public Duration budget() {
    return Durations.parse(facts.budget());
  }

  /** How long one look may take. */
  public Duration look() {
    return Durations.parse(facts.look());
  }

  /** Whether a drill makes something with it that is to be taken away again. */
  public boolean makesCopiesInDrills() {
    return facts.drill() == Facts.Drill.ISOLATED
        && !looksOnly()
        && switch (facts.undo()) {
          case DELETES_OURS, PUTS_BACK -> true;
          case ONE_WAY, NOTHING -> false;
        };
  }

  public boolean looksOnly() {
    return changes.isEmpty();
  }

  public boolean isControl() {
    return Control.class.isAssignableFrom(type);
  }

  public boolean isApproval() {
    return type == Control.Approval.class;
  }

  public boolean isTask() {
    return type == Control.Task.class;
  }

  public boolean isWait() {
    return type == Control.Wait.class;
  }

  public boolean isProbe() {
    return Probe.class.isAssignableFrom(type);
  }

  public boolean isMessage() {
    return Notify.class.isAssignableFrom(type);
  }

  public boolean isGlobal() {
    return facts.scope() == Facts.Scope.GLOBAL;
  }

  public boolean hasRole(Facts.Role role) {
    return facts.role() == role;
  }

  /** The fields that say which thing it acts on: with another value it is another thing. */
  public List<String> thing() {
    return List.of(facts.thing());
  }

  /** Whether one of the fields chooses the point up to which data is brought back. */
  public boolean choosesPoint(Set<String> names) {
    return names.contains(facts.point());
  }

  public Optional<Output> output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
  }

  /** Whether it brings data back, and so gives the time up to which. */
  public boolean recoversData() {
    return output(RECOVERY_POINT).isPresent();
  }

  public List<String> outputNames() {
    return outputs.stream().map(Output::name).toList();
  }
}
