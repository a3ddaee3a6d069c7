package io.rekindle.plan.check;

import io.rekindle.plan.Expression;
import io.rekindle.plan.Expression.Word;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whatever an expression reads is there whenever it is read: the step runs before, in every mode
 * the reader runs in, and cannot fail quietly.
 */
final class Expressions implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    draft
        .plan()
        .uses()
        .forEach(use -> new Reader(draft, use, report).read(use.with(), draft.path(use) + ".with"));
  }

  private record Reader(Draft draft, Use use, Consumer<Problem> report) {

    void read(Node node, String path) {
      switch (node) {
        case Node.Scalar scalar -> text(scalar, path);
        case Node.Items items -> items.nodes().forEach(item -> read(item, path));
        case Node.Fields fields ->
            fields.fields().forEach(field -> read(field.value(), path + "." + field.name()));
        case Node.Unknown unknown -> {}
      }
    }

    private void text(Node.Scalar scalar, String path) {
      if (!Expression.isIn(scalar.text())) {
        return;
      }
      try {
        for (Expression.Reference reference : Expression.parse(scalar.text()).references()) {
          word(reference.word(), scalar.placeOf(reference.offset()), path);
        }
      } catch (Expression.Malformed malformed) {
        report.accept(
            Problem.at(
                scalar.placeOf(malformed.offset()), path, String.valueOf(malformed.getMessage())));
      }
    }

    private void word(Word word, Place place, String path) {
      switch (word) {
        case Expression.RunId run -> {}
        case Expression.ParameterValue parameter -> parameter(parameter.name(), place, path);
        case Expression.RegionValue value -> regionValue(value, place, path);
        case Expression.StepOutput output -> output(output, place, path);
      }
    }

    private void parameter(String name, Place place, String path) {
      Set<String> declared = draft.plan().parameters().keySet();
      if (!draft.declares(name)) {
        report.accept(
            Problem.at(place, path, "the parameter '" + name + "' is not declared")
                .meaning(Nearest.to(name, declared)));
      }
    }

    private void regionValue(Expression.RegionValue value, Place place, String path) {
      if (!draft.regionsReadable()) {
        return;
      }
      for (Region region : draft.regions(value.side())) {
        if (region.value(value.name()).isEmpty()) {
          Set<String> declared = new HashSet<>(region.values().keySet());
          declared.add("region");
          report.accept(
              Problem.at(
                      place,
                      path,
                      "Region " + region.region() + " has no value '" + value.name() + "'")
                  .meaning(Nearest.to(value.name(), declared)));
        }
      }
    }

    private void output(Expression.StepOutput wanted, Place place, String path) {
      Optional<Step> found = draft.step(wanted.step());
      if (found.isEmpty()) {
        Optional<String> nearest = Nearest.to(wanted.step(), words());
        if (draft.isMistaken(wanted.step(), nearest)) {
          report.accept(
              Problem.at(place, path, "there is no step '" + wanted.step() + "' to read from")
                  .meaning(nearest));
        }
        return;
      }
      Optional<Kind> kind = found.get().knownKind();
      if (kind.isPresent() && kind.get().output(wanted.output()).isEmpty()) {
        List<String> outputs = kind.get().outputNames();
        report.accept(
            Problem.at(
                    place,
                    path,
                    "step '"
                        + wanted.step()
                        + "' has no output '"
                        + wanted.output()
                        + "'; "
                        + (outputs.isEmpty()
                            ? kind.get().name() + " has none"
                            : "it has " + String.join(", ", outputs)))
                .meaning(Nearest.to(wanted.output(), outputs)));
      }
      unavailable(found.get()).ifPresent(why -> report.accept(Problem.at(place, path, why)));
    }

    private List<String> words() {
      List<String> words = new ArrayList<>(draft.sectionOf().keySet());
      words.addAll(List.of("param", "primary", "recovery", "run"));
      return words;
    }

    /** Why the step's outputs may not be there when they are read. */
    private Optional<String> unavailable(Step read) {
      if (!(use instanceof Step reader)) {
        return Optional.of(
            (use instanceof Plan.Evidence ? "a probe" : "a message")
                + " runs outside the steps and cannot read '"
                + read.id()
                + "'");
      }
      if (draft.isTwin(reader)) {
        return Optional.empty();
      }
      if (reader.id().equals(read.id())) {
        return Optional.of("step '" + read.id() + "' reads its own output");
      }
      return order(reader, read).or(() -> presence(reader, read));
    }

    private Optional<String> order(Step reader, Step read) {
      Section from = draft.sectionOf().getOrDefault(read.id(), Section.FAILOVER);
      Section to = draft.sectionOf().getOrDefault(reader.id(), Section.FAILOVER);
      if (from == to) {
        return draft.graph(to).isBefore(read.id(), reader.id())
                || !draft.graph(to).isOrderKnown(reader.id())
            ? Optional.empty()
            : Optional.of(
                "step '"
                    + read.id()
                    + "' may not be done before '"
                    + reader.id()
                    + "': add it to needs");
      }
      if (from == Section.FAILBACK) {
        return Optional.of("failover cannot read '" + read.id() + "', a step of failback");
      }
      return Draft.runsAlways(read)
          ? Optional.empty()
          : Optional.of(
              "failback cannot read '" + read.id() + "', because not every failover runs it");
    }

    private Optional<String> presence(Step reader, Step read) {
      if (read.mayFail()) {
        return Optional.of("step '" + read.id() + "' is best effort and may have no outputs");
      }
      if (!reader.when().entrySet().containsAll(read.when().entrySet())) {
        return Optional.of(
            "step '"
                + read.id()
                + "' depends on its 'when'; give the same 'when' to the step that reads it");
      }
      for (Mode mode : Mode.values()) {
        if (mode != Mode.DRILL && reader.runsIn(mode) && !read.runsIn(mode)) {
          return Optional.of(
              "step '"
                  + read.id()
                  + "' does not run in mode "
                  + Draft.word(mode)
                  + ", but its reader does");
        }
      }
      return Optional.empty();
    }
  }
}
