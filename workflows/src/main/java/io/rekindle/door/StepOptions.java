package io.rekindle.door;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Selection;
import io.rekindle.plan.StandIns;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the options about single steps fit: what is left out, given instead, or restored. */
record StepOptions(Plan plan, FailoverRequest request, Selection selection, Refusals refusals) {

  void check() {
    without();
    outputs();
    missingOutputs();
    points();
  }

  private void without() {
    List<String> ids = plan.failover().stream().map(Step::id).toList();
    for (String left : request.without()) {
      if (refusals.known("without", "step", left, ids)
          && kind(left).filter(Kind::isApproval).isPresent()) {
        refusals.refuse("without " + left, "an approval cannot be left out");
      }
    }
  }

  private Optional<Step> step(String id) {
    return plan.failover().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private Optional<Kind> kind(String step) {
    return step(step).flatMap(Use::knownKind);
  }

  private void outputs() {
    new TreeMap<>(request.outputs())
        .forEach((step, given) -> {
          if (request.without().contains(step)) {
            kind(step).stream()
                .flatMap(kind -> new StandIns(step, given).misfits(kind).stream())
                .forEach(misfit -> refusals.refuse("give", misfit.what(), misfit.nearest()));
          } else {
            refusals.refuse("give " + step, "only steps named by --without take it");
          }
        });
  }

  /** Whatever a remaining step reads of a step that was left out must be given. */
  private void missingOutputs() {
    Map<String, Set<String>> missing = new TreeMap<>();
    Stream.concat(plan.failover().stream().filter(selection::takes), plan.failback().stream())
        .flatMap(reader -> Binding.wordsIn(reader.with()).stream())
        .filter(Expression.StepOutput.class::isInstance)
        .map(Expression.StepOutput.class::cast)
        .filter(read -> request.without().contains(read.step()))
        .filter(read ->
            !request.outputs().getOrDefault(read.step(), Map.of()).containsKey(read.output()))
        .forEach(read ->
            missing.computeIfAbsent(read.step(), step -> new TreeSet<>()).add(read.output()));
    missing.forEach((step, outputs) ->
        refusals.refuse(
            "without " + step,
            "later steps need its outputs; add "
                + outputs.stream()
                    .map(output -> "--give " + step + "." + output + "=VALUE")
                    .collect(Collectors.joining(" "))));
  }

  private void points() {
    List<String> restoring =
        plan.failover().stream()
            .map(Step::id)
            .filter(step -> kind(step).filter(Kind::recoversData).isPresent())
            .toList();
    new TreeMap<>(request.points())
        .forEach((step, point) -> {
          if (refusals.known("point", "step that restores data", step, restoring)) {
            point(step, point);
          }
        });
  }

  private void point(String step, String point) {
    if (step(step).filter(selection::takes).isEmpty()) {
      refusals.refuse("point " + step, "this run leaves the step out");
    }
    Binder.misfit(Node.Scalar.text(Place.START, point), Arn.class)
        .ifPresent(noun ->
            refusals.refuse("point " + step, "expected " + noun + ", found '" + point + "'"));
  }
}
