package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.RunState.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the way back to the primary Region may be taken, and by which plan. */
final class WayBack {
  private final Run run;
  private final RunBook book;

  WayBack(Run run) {
    this.run = run;
    this.book = run.book();
  }

  /** The door and the primary Region are asked, and meanwhile others may have decided. */
  Judgement judge(Decision.Failback failback) {
    Optional<JsonNode> other = Optional.ofNullable(failback.plan());
    Optional<String> objection =
        notNow()
            .or(() -> other.flatMap(this::misfit))
            .or(() -> objection(other.map(run.amendments()::read).orElse(run.plan())))
            .or(this::notNow);
    if (objection.isPresent()) {
      return Judgement.refused(objection.get());
    }
    book.goHome(other, now());
    return Judgement.obeyed(
        "the way back to %s begins; until its traffic moves, abort gives it up"
            .formatted(run.plan().region(Side.PRIMARY).region()));
  }

  private Optional<String> notNow() {
    if (book.isServing()) {
      return Optional.empty();
    }
    return Optional.of(
        book.phase() == Phase.FAILING_BACK
            ? "the way back is under way already"
            : "only an application that serves from the recovery Region can be brought back; this"
                + " run is "
                + Shapes.word(book.phase()));
  }

  private Optional<String> misfit(JsonNode other) {
    if (!run.history().canHaveAnother()) {
      return Optional.of("this run was once told to cancel: it can take no other plan any more");
    }
    List<String> problems = run.amendments().problems(other);
    return problems.isEmpty()
        ? conflict(other)
        : Optional.of("the plan has problems: " + String.join("; ", problems));
  }

  /** What the run has done, and undoes if it must, it did by the plan of then. */
  private Optional<String> conflict(JsonNode other) {
    RunPlan amended = run.amendments().read(other);
    List<String> changes =
        Stream.concat(
                Stream.of("application", "regions")
                    .filter(field -> !run.plan().says(field).equals(amended.says(field))),
                Stream.concat(changedParameters(amended), changedSteps(amended)))
            .toList();
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of("the plan must keep what this run has used: " + String.join(", ", changes));
  }

  private Stream<String> changedParameters(RunPlan amended) {
    return run.terms().selection().parameters().entrySet().stream()
        .filter(was ->
            !was.getValue().equals(amended.terms().selection().parameters().get(was.getKey())))
        .map(was -> "parameter '" + was.getKey() + "'")
        .sorted();
  }

  private Stream<String> changedSteps(RunPlan amended) {
    return book.steps().stream()
        .filter(state -> state.hasChanged() || state.status().isOver())
        .map(StepState::id)
        .filter(id -> !text(run.plan(), id).equals(text(amended, id)))
        .map(id -> "step '" + id + "'");
  }

  private static Optional<JsonNode> text(RunPlan plan, String step) {
    return plan.step(step).map(each -> Trees.json(each.source()));
  }

  private Optional<String> objection(RunPlan plan) {
    StepGraph way = plan.graph(Section.FAILBACK);
    return way.steps().isEmpty()
        ? Optional.of(
            "the plan has no failback for this mode: send one that has, with the decision")
        : silence(run.imagined(plan), way);
  }

  /**
   * Nobody goes home to a Region of which nothing answers. What only looks may look past it: an
   * address that answers says nothing about those who must work there.
   */
  private Optional<String> silence(Run imagined, StepGraph way) {
    Region primary = imagined.plan().region(Side.PRIMARY);
    List<Step> there =
        way.steps().stream()
            .filter(step -> !step.kind().isControl() && !step.kind().looksOnly())
            .filter(step -> imagined.plan().region(step).filter(primary::equals).isPresent())
            .toList();
    List<Finding> findings =
        new Checks(imagined, way)
            .ask(there, () -> !book.isServing())
            .map(Checks.Answers::findings)
            .orElse(List.of());
    List<Finding> silent =
        findings.stream().filter(finding -> finding.is(Verdict.UNKNOWN)).toList();
    boolean answers =
        findings.stream().anyMatch(each -> each.is(Verdict.PASS) || each.is(Verdict.FAIL));
    return silent.isEmpty() || answers
        ? Optional.empty()
        : Optional.of(
            "%s does not answer, so nothing can be brought back there: %s"
                .formatted(
                    primary.region(),
                    silent.stream()
                        .map(finding -> finding.name() + ", " + finding.says())
                        .collect(Collectors.joining("; "))));
  }
}
