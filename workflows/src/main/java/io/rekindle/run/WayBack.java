package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Shapes;
import java.util.List;
import java.util.Optional;
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
    return ShortWay.isThere(run) ? new ShortWay(run).judge(failback) : judgeWhole(failback);
  }

  private Judgement judgeWhole(Decision.Failback failback) {
    Optional<JsonNode> other = Optional.ofNullable(failback.plan());
    Optional<String> objection =
        notNow()
            .or(() -> nothingToAccept(failback.accept()))
            .or(() -> book.fences().objection(now()))
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
        switch (book.phase()) {
          case FAILING_BACK -> "the way back is under way already";
          case RECOVERING ->
              "traffic has not moved: abort with rollback undoes what was done so far";
          case ASSESSING, WAITING, SERVING, ROLLING_BACK ->
              "only an application that serves from the recovery Region can be brought back; this"
                  + " run is "
                  + Shapes.word(book.phase());
        });
  }

  private static Optional<String> nothingToAccept(List<String> accepted) {
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the way back brings along what was written, so there is nothing to accept: leave out "
                + String.join(", ", accepted));
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
        : new PrimarySide(run.imagined(plan)).silence(way, () -> !book.isServing());
  }
}
