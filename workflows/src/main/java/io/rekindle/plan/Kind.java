package io.rekindle.plan;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.proof.Notify;
import io.rekindle.plan.step.proof.Probe;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A kind of step: its declaration, read. */
public record Kind(
    Class<? extends Record> type,
    Facts facts,
    Shape.Group fields,
    List<Change> changes,
    Spread settles,
    List<Facts.Output> outputs) {

  /**
   * @param onlyIf the field without which the change is not made; empty when it always is
   */
  public record Change(String name, String does, Spread lasts, Optional<String> onlyIf) {
    private static Change of(Facts.Change change) {
      return new Change(
          change.name(),
          change.does(),
          Spread.of(change.lasts()),
          Optional.of(change.onlyIf()).filter(field -> !field.isEmpty()));
    }
  }

  static Kind of(Class<? extends Declared> declaration) {
    Class<? extends Record> type = declaration.asSubclass(Record.class);
    Facts facts = type.getAnnotation(Facts.class);
    if (facts == null) {
      throw new IllegalStateException(type + " declares no @Facts.");
    }
    return new Kind(
        type,
        facts,
        Shapes.of(type),
        Arrays.stream(facts.changes()).map(Change::of).toList(),
        Spread.of(facts.settles()),
        List.of(facts.outputs()));
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

  public boolean looksOnly() {
    return changes.isEmpty();
  }

  public boolean isControl() {
    return Control.class.isAssignableFrom(type);
  }

  public boolean isApproval() {
    return type == Control.Approval.class;
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

  public Optional<Facts.Output> output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
  }

  public List<String> outputNames() {
    return outputs.stream().map(Facts.Output::name).toList();
  }
}
