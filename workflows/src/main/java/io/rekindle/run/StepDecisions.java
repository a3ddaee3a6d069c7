package io.rekindle.run;

import io.rekindle.plan.Kind;
import io.rekindle.plan.StandIns;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.value.WebUrl;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people decide about steps that wait for them. */
final class StepDecisions {
  private static final String ONLY_PEOPLE =
      "a gate cannot be skipped: retry asks again, abort ends the run";

  private final RunPlan plan;
  private final RunBook book;
  private final Calls calls;

  StepDecisions(Run run) {
    this.plan = run.plan();
    this.calls = run.calls();
    this.book = run.book();
  }

  Judgement judge(Decision.AboutStep decision) {
    Optional<String> objection =
        notWaiting(decision.step())
            .or(() ->
                switch (decision) {
                  case Decision.Retry retry -> objection(retry);
                  case Decision.Skip skip ->
                      objection(skip.step(), skip.outputs()).or(() -> objection(skip));
                  case Decision.Done done ->
                      objection(done.step(), done.outputs()).or(() -> objection(done));
                })
            .or(() -> lackOfRoom(decision));
    if (objection.isPresent()) {
      return Judgement.refused(objection.get());
    }
    book.meanwhile().answer(decision);
    return Judgement.obeyed("step '" + decision.step() + "' " + leadsTo(decision));
  }

  private String leadsTo(Decision.AboutStep decision) {
    return switch (decision) {
      case Decision.Retry retry when isTask(retry) -> "is asked for again";
      case Decision.Done done when isControl(done.step()) -> "is done";
      case Decision.Retry retry when retry.anew() -> "starts over";
      case Decision.Retry retry when retry.adopt() ->
          "is retried and adopts what an earlier run made";
      case Decision.Retry retry -> "is retried";
      case Decision.Skip skip -> "is skipped";
      case Decision.Done done -> "is being checked; it counts as done once AWS shows it";
    };
  }

  private Optional<String> notWaiting(@Nullable String step) {
    if (step == null) {
      return Optional.of("name a step");
    }
    if (!book.has(step)) {
      return Optional.of(
          "there is no step '"
              + step
              + "'"
              + Nearest.to(step, book.steps().stream().map(StepState::id).toList())
                  .map(word -> "; did you mean '" + word + "'?")
                  .orElse(""));
    }
    if (book.meanwhile().isAnswered(step)) {
      return Optional.of("step '" + step + "' already has a decision");
    }
    return book.is(step, Status.BLOCKED)
            || book.task(step).isPresent()
            || book.fences().open(step).isPresent()
        ? Optional.empty()
        : Optional.of(
            "step '%s' is %s, not blocked".formatted(step, Shapes.word(book.step(step).status())));
  }

  private Optional<Kind> kind(String step) {
    return plan.step(step).map(Use::kind);
  }

  private boolean isControl(String step) {
    return kind(step).filter(Kind::isControl).isPresent();
  }

  private boolean isGate(String step) {
    return kind(step).filter(Kind::isApproval).isPresent();
  }

  private boolean isForPeople(String step) {
    return kind(step).filter(kind -> kind.isApproval() || kind.isTask()).isPresent();
  }

  private boolean isTask(Decision.AboutStep decision) {
    return book.task(decision.step()).isPresent();
  }

  private Optional<String> objection(Decision.Retry retry) {
    if (retry.adopt() && retry.anew()) {
      return Optional.of("choose --anew or --adopt, not both");
    }
    if (isForPeople(retry.step()) && !retry.set().isEmpty()) {
      return Optional.of("the rules of a gate or a task do not change while the run goes on");
    }
    List<String> fields =
        kind(retry.step()).stream()
            .flatMap(kind -> kind.fields().fields().stream())
            .map(Shape.Slot::name)
            .toList();
    return retry.set().keySet().stream()
        .filter(field -> !fields.contains(field))
        .findFirst()
        .map(field ->
            "step '"
                + retry.step()
                + "' has no field '"
                + field
                + "'; it has "
                + String.join(", ", fields))
        .or(() -> misfit(retry));
  }

  /** Corrections that do not fit the kind would only block the step again. */
  private Optional<String> misfit(Decision.Retry retry) {
    return retry.set().isEmpty()
        ? Optional.empty()
        : plan.step(retry.step()).flatMap(step -> calls.misfit(step, retry.set()));
  }

  private Optional<String> objection(String step, Map<String, String> given) {
    return kind(step).stream()
        .flatMap(kind -> new StandIns(step, given).misfits(kind).stream())
        .findFirst()
        .map(Problem::sentence);
  }

  private Optional<String> objection(Decision.Skip skip) {
    if (isGate(skip.step())) {
      return Optional.of(ONLY_PEOPLE);
    }
    Set<String> missing = new TreeSet<>(plan.stillRead(skip.step(), book));
    missing.removeAll(skip.outputs().keySet());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "later steps need %s of '%s': add %s"
                .formatted(
                    String.join(", ", missing),
                    skip.step(),
                    missing.stream()
                        .map(output -> "--give " + output + "=…")
                        .collect(Collectors.joining(" "))));
  }

  private Optional<String> objection(Decision.Done done) {
    return isGate(done.step())
        ? Optional.of(ONLY_PEOPLE)
        : book.task(done.step()).flatMap(task -> lackOfProof(task, done));
  }

  private Optional<String> lackOfRoom(Decision.AboutStep decision) {
    int weight =
        switch (decision) {
          case Decision.Retry retry -> weight(retry);
          case Decision.Skip skip -> StepState.weight(skip.outputs());
          case Decision.Done done -> StepState.weight(done.outputs());
        };
    return weight == 0 || Memory.hasRoom(book.state(), weight)
        ? Optional.empty()
        : Optional.of(Memory.tooMuch(weight));
  }

  /** What was made so far stays on the books when it is made anew. */
  private int weight(Decision.Retry retry) {
    int fields = retry.set().isEmpty() ? 0 : Limit.weight(retry.set().toString());
    return fields + (retry.anew() ? book.step(retry.step()).weight() : 0);
  }

  private static Optional<String> lackOfProof(Task task, Decision.Done done) {
    String proof = done.proof() == null ? "" : done.proof().strip();
    return switch (task.proof()) {
      case NONE -> Optional.empty();
      case TEXT ->
          proof.isEmpty()
              ? Optional.of("task '" + task.id() + "' needs a proof in words (--proof)")
              : Optional.empty();
      case LINK ->
          proof.matches(WebUrl.FORM)
              ? Optional.empty()
              : Optional.of("task '" + task.id() + "' needs a link as proof (--proof https://…)");
    };
  }
}
