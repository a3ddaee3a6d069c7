package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.plan.Binding;
import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Trees;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Node.ScalarType;
import io.rekindle.plan.shape.Place;
import io.temporal.activity.ActivityCancellationType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A plan as one run executes it: with the Region chosen, the parameters given and the steps left
 * out.
 */
final class RunPlan {
  private final Plan plan;
  private final FailoverRequest request;
  private final Region recovery;
  private final Selection selection;
  private final ActivityCancellationType endOfLooks;
  private final Map<Section, StepGraph> graphs = new EnumMap<>(Section.class);

  /**
   * @param endOfLooks what becomes of a look under way when the run ends
   */
  RunPlan(Plan plan, FailoverRequest request, ActivityCancellationType endOfLooks) {
    this.plan = plan;
    this.endOfLooks = endOfLooks;
    this.request = request;
    this.recovery =
        plan.regions().recovery().stream()
            .filter(region -> region.region().value().equals(request.to()))
            .findFirst()
            .orElse(plan.regions().recovery().getFirst());
    this.selection =
        Selection.of(plan, request.mode(), request.set(), Set.copyOf(request.without()));
    for (Section section : Section.values()) {
      graphs.put(section, StepGraph.of(plan.steps(section)).only(selection::takes));
    }
  }

  /** A plan to stand where one could not be read: its run ends before any of it is looked at. */
  static RunPlan unreadable(FailoverRequest request, ActivityCancellationType endOfLooks) {
    String nothing =
        """
        application: unreadable
        regions: { primary: us-east-1, recovery: us-west-2 }
        failover: []
        """;
    return new RunPlan(PlanReader.admitted(PlanReader.tree(nothing)), request, endOfLooks);
  }

  Plan plan() {
    return plan;
  }

  ActivityCancellationType endOfLooks() {
    return endOfLooks;
  }

  Mode mode() {
    return request.mode();
  }

  Region recovery() {
    return recovery;
  }

  /** The steps of a section that take part, and their order. */
  StepGraph graph(Section section) {
    return Objects.requireNonNull(graphs.get(section));
  }

  /** Whether people are asked before anything is changed. */
  boolean asksFirst() {
    return graph(Section.FAILOVER).steps().stream().anyMatch(step -> kind(step).isApproval());
  }

  /** A step of either section. */
  Optional<Step> step(String id) {
    return allSteps().stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** Which recovery point whoever started the run wants. */
  Point wanted(String step) {
    return new Point(request.points().get(step), request.before());
  }

  static Kind kind(Use use) {
    return Kinds.named(use.uses()).orElseThrow();
  }

  /** The Region a use acts in; empty for kinds that belong to none. */
  Optional<Region> region(Use use) {
    if (kind(use).isGlobal()) {
      return Optional.empty();
    }
    Side side = use.region();
    if (side == null) {
      side =
          use instanceof Step step && plan.failback().contains(step)
              ? Section.FAILBACK.side()
              : Side.RECOVERY;
    }
    return Optional.of(side == Side.PRIMARY ? plan.regions().primary() : recovery);
  }

  /** What expressions stand for, now that these outputs are known. */
  Function<Expression.Word, Node> words(RunBook book) {
    return word ->
        switch (word) {
          case Expression.RunId run -> text(book.run());
          case Expression.ParameterValue parameter -> parameter(parameter.name());
          case Expression.RegionValue value -> regionValue(value);
          case Expression.StepOutput output -> output(output, book);
        };
  }

  private static Node text(String text) {
    return Node.Scalar.text(Place.START, text);
  }

  private Node parameter(String name) {
    Parameter parameter = plan.parameters().get(name);
    String value = selection.parameters().get(name);
    return parameter == null || value == null
        ? new Node.Unknown(Place.START)
        : new Node.Scalar(Place.START, value, type(parameter.type()), false);
  }

  private static ScalarType type(Parameter.Type type) {
    return switch (type) {
      case STRING -> ScalarType.TEXT;
      case INTEGER -> ScalarType.WHOLE;
      case BOOLEAN -> ScalarType.FLAG;
    };
  }

  private Node regionValue(Expression.RegionValue value) {
    Region region = value.side() == Side.PRIMARY ? plan.regions().primary() : recovery;
    return region
        .value(value.name())
        .<Node>map(RunPlan::text)
        .orElse(new Node.Unknown(Place.START));
  }

  private Node output(Expression.StepOutput wanted, RunBook book) {
    Map<String, String> outputs =
        book.has(wanted.step())
            ? book.step(wanted.step()).outputs()
            : request.outputs().getOrDefault(wanted.step(), Map.of());
    String value = outputs.get(wanted.output());
    return value == null
        ? new Node.Unknown(Place.START)
        : new Node.Scalar(Place.START, value, type(wanted), true);
  }

  private ScalarType type(Expression.StepOutput wanted) {
    return step(wanted.step())
        .flatMap(step -> kind(step).output(wanted.output()))
        .map(Kind.Output::scalar)
        .orElse(ScalarType.TEXT);
  }

  private List<Step> allSteps() {
    List<Step> all = new ArrayList<>(plan.failover());
    all.addAll(plan.failback());
    return all;
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
        .filter(reader -> plan.failback().contains(reader) || selection.takes(reader))
        .flatMap(reader -> Binding.wordsIn(reader.with()).stream())
        .filter(Expression.StepOutput.class::isInstance)
        .map(Expression.StepOutput.class::cast)
        .filter(output -> output.step().equals(step))
        .forEach(output -> read.add(output.output()));
    return read;
  }

  /** Whether a step that moves traffic has begun. */
  boolean trafficMoved(RunBook book) {
    return graph(Section.FAILOVER).steps().stream()
        .filter(DrillSteps::moves)
        .anyMatch(step -> book.step(step.id()).hasChanged());
  }

  /**
   * The fences that a step must not outrun: those on its way, and those that wait for no traffic
   * themselves.
   */
  List<Step> fencesBefore(Step step) {
    StepGraph failover = graph(Section.FAILOVER);
    return failover.steps().stream()
        .filter(fence -> failover.has(step.id()))
        .filter(Step::fence)
        .filter(fence ->
            failover.isBefore(fence.id(), step.id()) || !comesAfterTraffic(fence, failover))
        .toList();
  }

  private static boolean comesAfterTraffic(Step fence, StepGraph failover) {
    return failover.steps().stream()
        .filter(DrillSteps::moves)
        .filter(moving -> !moving.fence())
        .anyMatch(moving -> failover.isBefore(moving.id(), fence.id()));
  }
}
