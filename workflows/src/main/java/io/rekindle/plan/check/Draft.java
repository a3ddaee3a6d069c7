package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Shapes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A plan under examination, with what several checks look up in it. */
record Draft(
    Plan plan,
    boolean regionsReadable,
    Map<Section, StepGraph> graphs,
    Map<String, Section> sectionOf) {

  static Draft of(Plan plan, boolean regionsReadable) {
    Map<Section, StepGraph> graphs = new EnumMap<>(Section.class);
    Map<String, Section> sectionOf = new HashMap<>();
    for (Section section : Section.values()) {
      graphs.put(section, StepGraph.of(plan.steps(section)));
      plan.steps(section).forEach(step -> sectionOf.putIfAbsent(step.id(), section));
    }
    return new Draft(plan, regionsReadable, graphs, sectionOf);
  }

  StepGraph graph(Section section) {
    return Objects.requireNonNull(graphs.get(section));
  }

  Optional<Step> step(String id) {
    return Optional.ofNullable(sectionOf.get(id)).map(section -> graph(section).step(id));
  }

  static Optional<Kind> kind(Use use) {
    return Kinds.named(use.uses());
  }

  static boolean runsAlways(Step step) {
    return step.runsIn(Mode.OUTAGE) && step.runsIn(Mode.PLANNED) && step.when().isEmpty();
  }

  /** Where a use stands: {@code failover.database}. */
  String path(Use use) {
    return switch (use) {
      case Step step -> word(sectionOf.getOrDefault(step.id(), Section.FAILOVER)) + "." + step.id();
      case Plan.Evidence probe -> "assess.probes." + probe.id();
      case Plan.Notice notice -> "notify";
    };
  }

  static String word(Enum<?> constant) {
    return Shapes.word(constant);
  }

  /** The place of a field of a use, or of its kind where the field was not written. */
  static Place placeOf(Use use, String field) {
    return use.source().get(field).map(Node::place).orElseGet(() -> use.source().placeOf("uses"));
  }

  /** The place of an entry of a list, or of the list. */
  static Place placeOfEntry(Node.Fields source, String list, String entry) {
    return source
        .get(list)
        .flatMap(node ->
            node instanceof Node.Items items
                ? items.nodes().stream()
                    .filter(
                        item -> item instanceof Node.Scalar scalar && scalar.text().equals(entry))
                    .map(Node::place)
                    .findFirst()
                : Optional.empty())
        .orElseGet(() -> source.placeOf(list));
  }

  /** Where a use acts unless it says otherwise. */
  Side side(Use use) {
    Side written = use.region();
    if (written != null) {
      return written;
    }
    return use instanceof Step step
        ? sectionOf.getOrDefault(step.id(), Section.FAILOVER).side()
        : Side.RECOVERY;
  }

  /** The Regions a use may act in. */
  List<Region> regions(Side side) {
    return switch (side) {
      case PRIMARY -> List.of(plan.regions().primary());
      case RECOVERY -> plan.regions().recovery();
    };
  }
}
