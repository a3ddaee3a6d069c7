package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Trees;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState.Status;
import io.rekindle.run.StepState.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be asked of a plan, as one run executes it. */
record RunPlan(Plan plan, Terms terms) {

  /** The steps of a section that take part, and their order. */
  StepGraph graph(Section section) {
    return terms.graph(section);
  }

  /** Whether people are asked before anything is changed. */
  boolean asksFirst() {
    return graph(Section.FAILOVER).steps().stream().map(Use::kind).anyMatch(Kind::isApproval);
  }

  /** A step of either section. */
  Optional<Step> step(String id) {
    return plan.step(id);
  }

  private List<Step> allSteps() {
    List<Step> all = new ArrayList<>(plan.failover());
    all.addAll(plan.failback());
    return all;
  }

  /** What the plan says in one of its parts, as it was written. */
  Optional<JsonNode> says(String part) {
    return plan.source().get(part).map(Trees::json);
  }

  /** The steps that wait for a step of either section, in their order. */
  List<Step> behind(String step) {
    return Stream.of(Section.values())
        .map(this::graph)
        .flatMap(graph -> graph.inOrder().stream().filter(each -> graph.isBefore(step, each.id())))
        .toList();
  }

  Region region(Side side) {
    return side == Side.PRIMARY ? plan.regions().primary() : terms.recovery();
  }

  /** The Region a use acts in; empty for kinds that belong to none. */
  Optional<Region> region(Use use) {
    if (use.kind().isGlobal()) {
      return Optional.empty();
    }
    Side side = use.region();
    return Optional.of(region(side == null ? byDefault(use) : side));
  }

  private Side byDefault(Use use) {
    return use instanceof Step step ? sectionOf(step).side() : Section.FAILOVER.side();
  }

  private Section sectionOf(Step step) {
    return plan.failback().contains(step) ? Section.FAILBACK : Section.FAILOVER;
  }

  /** What a step was given, with the fields that a person corrected laid over it. */
  static Node given(Step step, Map<String, JsonNode> corrected) {
    if (corrected.isEmpty() || !(step.with() instanceof Node.Fields fields)) {
      return step.with();
    }
    Map<String, Node.Field> all = new LinkedHashMap<>();
    fields.fields().forEach(field -> all.put(field.name(), field));
    corrected.forEach(
        (name, value) -> all.put(name, new Node.Field(Place.START, name, Trees.node(value))));
    return new Node.Fields(fields.place(), List.copyOf(all.values()));
  }

  /** The outputs of a step that steps still to come, failback included, will read. */
  Set<String> stillRead(String step, RunBook book) {
    Set<String> read = new HashSet<>();
    allSteps().stream()
        .filter(reader -> !book.has(reader.id()) || !book.step(reader.id()).status().isOver())
        .filter(reader -> plan.failback().contains(reader) || terms.selection().takes(reader))
        .flatMap(reader -> Binding.wordsIn(reader.with()).stream())
        .filter(Expression.StepOutput.class::isInstance)
        .map(Expression.StepOutput.class::cast)
        .filter(output -> output.step().equals(step))
        .forEach(output -> read.add(output.output()));
    return read;
  }

  /**
   * The steps that changed something outside, as far as the run knows: a message changes nothing.
   */
  List<Step> changed(RunBook book) {
    return Stream.of(Section.values()).flatMap(section -> changed(section, book).stream()).toList();
  }

  List<Step> changed(Section section, RunBook book) {
    return plan.steps(section).stream()
        .filter(step -> book.has(step.id()) && book.step(step.id()).hasChanged())
        .filter(step -> !step.kind().isMessage())
        .toList();
  }

  /**
   * What there is to take back. What a drill finds done under a name of its own it has made, also
   * where its past was put back to an earlier copy and it does not remember.
   */
  List<Step> toTakeBack(RunBook book) {
    Stream<Step> forgotten =
        terms.drill()
            ? plan.failover().stream()
                .filter(step -> step.kind().makesCopiesInDrills())
                .filter(step -> isFoundDone(step, book))
            : Stream.empty();
    return Stream.concat(changed(book).stream(), forgotten).toList();
  }

  /** What a drill alters in place, and found as it wants it. */
  List<Step> leftAsFound(RunBook book) {
    return plan.failover().stream()
        .filter(step -> step.kind().facts().drill() == Drill.IN_PLACE)
        .filter(step -> isFoundDone(step, book))
        .toList();
  }

  private static boolean isFoundDone(Step step, RunBook book) {
    return book.has(step.id())
        && book.is(step.id(), Status.DONE)
        && !book.step(step.id()).hasChanged();
  }

  /**
   * The fences that are to hold before a step moves traffic: also those that somebody left out of
   * this run, because leaving a fence out does not close the old side.
   */
  List<Step> fencesBefore(Step step) {
    if (!step.movesTraffic() || step.fence()) {
      return List.of();
    }
    return StepGraph.of(plan.steps(sectionOf(step)))
        .only(terms.selection().withAll()::takes)
        .fencesBefore(step);
  }

  /** Whether every fence that the plan has for this mode holds, also one that was left out. */
  boolean fencesHold(RunBook book) {
    Selection all = terms.selection().withAll();
    return plan.failover().stream()
        .filter(Step::fence)
        .filter(all::takes)
        .allMatch(book.fences()::holds);
  }

  /**
   * Whether a step of a section that moves traffic has begun, or is over in whatever way: who skips
   * it, or says that it is done, may have moved traffic by hand.
   */
  boolean trafficMoved(Section section, RunBook book) {
    return moved(section, book).findAny().isPresent();
  }

  /** When traffic began to move, or was said to have; empty where it stays. */
  Optional<Instant> trafficMovedAt(Section section, RunBook book) {
    return moved(section, book)
        .flatMap(step -> begun(book.step(step.id())).stream())
        .min(Comparator.naturalOrder());
  }

  private Stream<Step> moved(Section section, RunBook book) {
    return plan.steps(section).stream()
        .filter(Step::movesUsers)
        .filter(step -> hasBegun(step, book));
  }

  private static Optional<Instant> begun(StepState step) {
    return step.works().stream()
        .filter(Work::hasChanged)
        .map(Work::since)
        .findFirst()
        .or(() -> Optional.ofNullable(step.ended()));
  }

  /** Whether a step shuts the primary side off, for real: until it does, that is tried. */
  boolean isFenceOfOutage(Step step) {
    return step.fence() && !terms.drill() && sectionOf(step) == Section.FAILOVER;
  }

  /** Whether traffic is on its way home: then the way back is gone to its end. */
  boolean isPastTurningBack(RunBook book) {
    return book.phase() == Phase.FAILING_BACK && trafficMoved(Section.FAILBACK, book);
  }

  /** Whether both Regions are meant to work when a step runs. */
  boolean mayLoseNothing(Step step) {
    return terms.mode() == Mode.PLANNED || sectionOf(step) == Section.FAILBACK;
  }

  /**
   * Whether something may have run on what a step brought back: it was there, and what serves has
   * begun. A drill's copies are nobody's data.
   */
  boolean mayHaveServed(Step store, RunBook book) {
    Section section = sectionOf(store);
    return !terms.drill()
        && book.is(store.id(), Status.DONE)
        && plan.steps(section).stream()
            .filter(step -> Conclusion.serves(step, section))
            .filter(step -> !graph(section).isBefore(step.id(), store.id()))
            .anyMatch(step -> hasBegun(step, book));
  }

  private static boolean hasBegun(Step step, RunBook book) {
    return book.has(step.id())
        && (book.step(step.id()).hasChanged() || book.step(step.id()).status().isOver());
  }
}
