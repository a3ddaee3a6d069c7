package io.rekindle.plan.check;

import io.rekindle.plan.Mode;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Shapes;
import java.util.Arrays;
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
    Map<String, Section> sectionOf,
    boolean allStepsKnown) {

  static Draft of(Plan plan, boolean regionsReadable) {
    Map<Section, StepGraph> graphs = new EnumMap<>(Section.class);
    Map<String, Section> sectionOf = new HashMap<>();
    for (Section section : Section.values()) {
      graphs.put(section, StepGraph.of(plan.steps(section)));
      plan.steps(section).forEach(step -> sectionOf.putIfAbsent(step.id(), section));
    }
    return new Draft(plan, regionsReadable, graphs, sectionOf, allStepsKnown(plan));
  }

  StepGraph graph(Section section) {
    return Objects.requireNonNull(graphs.get(section));
  }

  Optional<Step> step(String id) {
    return Optional.ofNullable(sectionOf.get(id)).map(section -> graph(section).step(id));
  }

  /**
   * Whether an id that names no step where it should is a mistake of its own. Where an id was left
   * out or given twice, or a step could not be read, the one looked for may be that step.
   *
   * @param nearest the step that was probably meant
   */
  boolean isMistaken(String id, Optional<String> nearest) {
    return allStepsKnown || nearest.isPresent() || sectionOf.containsKey(id);
  }

  private static boolean allStepsKnown(Plan plan) {
    return plan.source().get("failover").isPresent()
        && Arrays.stream(Section.values()).allMatch(section -> allKnown(plan, section));
  }

  private static boolean allKnown(Plan plan, Section section) {
    List<String> ids =
        plan.steps(section).stream().map(Step::id).filter(id -> !id.isEmpty()).distinct().toList();
    return plan.source()
        .get(word(section))
        .map(node -> node instanceof Node.Items items && items.nodes().size() == ids.size())
        .orElse(true);
  }

  /** Whether an earlier step has the same id, so that the id does not mean this one. */
  boolean isTwin(Step step) {
    return step(step.id()).filter(first -> !first.equals(step)).isPresent();
  }

  /** The parameter, where its type could be read. */
  Optional<Parameter> parameter(String name) {
    return Optional.ofNullable(plan.parameters().get(name)).filter(Parameter::isTypeKnown);
  }

  /** Whether a parameter was written, understood or not. */
  boolean declares(String name) {
    return plan.source()
        .get("parameters")
        .map(all ->
            !(all instanceof Node.Fields)
                || plan.source().fieldsOf("parameters").stream()
                    .anyMatch(field -> field.name().equals(name)))
        .orElseGet(() -> hasMisspeltKey(plan.source(), Plan.class));
  }

  /** Whether a key stands there that means nothing: it may be the one that is missed. */
  static boolean hasMisspeltKey(Node.Fields source, Class<? extends Record> type) {
    return source.fields().stream().anyMatch(field -> Shapes.of(type).slot(field.name()).isEmpty());
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

  /** The recovery Regions; a stand-in where none could be read. */
  List<Region> recovery() {
    List<Region> written = plan.regions().recovery();
    return written.isEmpty() ? List.of(plan.regions().primary()) : written;
  }

  /** The Regions a use may act in. */
  List<Region> regions(Side side) {
    return switch (side) {
      case PRIMARY -> List.of(plan.regions().primary());
      case RECOVERY -> plan.regions().recovery();
    };
  }
}
