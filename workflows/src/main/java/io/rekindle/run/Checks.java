package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Failures;
import io.rekindle.action.Readiness;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.run.Finding.Verdict;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Asks the steps behind a gate whether they could succeed right now, all at once. */
final class Checks {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Run run;
  private final StepGraph graph;
  private final RunBook book;

  /**
   * @param points what steps that bring data back would restore
   */
  record Answers(List<Finding> findings, Map<String, RecoveryPoint> points) {}

  Checks(Run run, StepGraph graph) {
    this.run = run;
    this.graph = graph;
    this.book = run.book();
  }

  /**
   * @param unless when nobody wants to know any more; then there is no answer
   */
  Optional<Answers> ask(List<Step> steps, Supplier<Boolean> unless) {
    return book.meanwhile().checking(() -> answered(steps, unless));
  }

  private Optional<Answers> answered(List<Step> steps, Supplier<Boolean> unless) {
    Map<Step, Finding> told = new LinkedHashMap<>();
    Map<Step, Promise<Readiness>> asked = new LinkedHashMap<>();
    for (Step step : steps) {
      untold(step).ifPresentOrElse(why -> told.put(step, why), () -> asked.put(step, check(step)));
    }
    Workflow.await(() -> unless.get() || asked.values().stream().allMatch(Promise::isCompleted));
    return unless.get() ? Optional.empty() : Optional.of(answers(steps, told, asked));
  }

  private Promise<Readiness> check(Step step) {
    return run.actions().check(run.calls().check(step), PATIENCE, Summary.of(step.id(), "check"));
  }

  private Answers answers(
      List<Step> steps, Map<Step, Finding> told, Map<Step, Promise<Readiness>> asked) {
    List<Finding> findings = new ArrayList<>(told.values());
    Map<String, RecoveryPoint> points = new LinkedHashMap<>();
    for (Step step : steps) {
      Promise<Readiness> answer = asked.get(step);
      if (answer != null) {
        findings.add(finding(step, answer, points));
      }
    }
    return new Answers(findings, points);
  }

  private Finding finding(Step step, Promise<Readiness> answer, Map<String, RecoveryPoint> points) {
    try {
      Readiness readiness = answer.get();
      if (readiness == null) {
        return new Finding(step.id(), Verdict.UNKNOWN, "bug: the worker answered nothing");
      }
      Optional.ofNullable(readiness.recoveryPoint())
          .filter(point -> Limit.NAME.takes(point.id()) && !isMadeOnTheWay(step))
          .ifPresent(point -> points.put(step.id(), point));
      return readiness.ready()
          ? new Finding(step.id(), Verdict.PASS, readiness.evidence())
          : lack(step, readiness.evidence());
    } catch (ActivityFailure failure) {
      return failure.getCause() instanceof ApplicationFailure said && said.isNonRetryable()
          ? new Finding(step.id(), Verdict.FAIL, said.getOriginalMessage())
          : new Finding(step.id(), Verdict.UNKNOWN, silence(failure));
    }
  }

  /** What an earlier step gives is not agreed on: it is made during the run. */
  private static boolean isMadeOnTheWay(Step step) {
    return Binding.wordsIn(step.with()).stream().anyMatch(StepOutput.class::isInstance);
  }

  private static String silence(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure
        ? Failures.sentence(failure)
        : "no answer within %d s: no worker took the question, or nobody answered the worker"
            .formatted(PATIENCE.toSeconds());
  }

  /** What is missing now may be what an earlier step brings. */
  private Finding lack(Step step, String what) {
    return changesBefore(step)
        .filter(earlier -> isAboutTheSame(earlier, step))
        .findFirst()
        .map(earlier ->
            new Finding(
                step.id(),
                Verdict.LATER,
                "%s; '%s' changes that before".formatted(what, earlier.id())))
        .orElseGet(() -> new Finding(step.id(), Verdict.FAIL, what));
  }

  /** What is known without asking: why it cannot be asked yet, or need not be. */
  private Optional<Finding> untold(Step step) {
    List<String> givers = givers(step);
    if (!givers.isEmpty()) {
      return Optional.of(
          new Finding(
              step.id(), Verdict.LATER, "it takes fields from " + String.join(" and ", givers)));
    }
    Optional<String> misfit = run.calls().misfit(step);
    if (misfit.isPresent()) {
      return misfit.map(why -> new Finding(step.id(), Verdict.FAIL, why));
    }
    return changesBefore(step)
        .filter(earlier -> step.kind().looksOnly())
        .findFirst()
        .map(earlier ->
            new Finding(
                step.id(), Verdict.LATER, "it looks at what '" + earlier.id() + "' changes"));
  }

  /** Steps to come, of which this one reads something. */
  private List<String> givers(Step step) {
    return Binding.wordsIn(step.with()).stream()
        .filter(StepOutput.class::isInstance)
        .map(word -> ((StepOutput) word).step())
        .filter(giver -> book.has(giver) && !book.step(giver).status().isOver())
        .distinct()
        .map(giver -> "'" + giver + "'")
        .toList();
  }

  /** Steps to come that change something before this one, the nearest first. */
  private Stream<Step> changesBefore(Step step) {
    return graph.inOrder().reversed().stream()
        .filter(earlier -> graph.isBefore(earlier.id(), step.id()) && !book.isOver(earlier))
        .filter(earlier -> !earlier.kind().isControl() && !earlier.kind().isMessage())
        .filter(earlier -> !earlier.kind().looksOnly());
  }

  /** Whether the later one names all that names the thing of the earlier one. */
  private boolean isAboutTheSame(Step earlier, Step later) {
    JsonNode first = run.calls().check(earlier).with();
    List<String> thing =
        earlier.kind().thing().stream().flatMap(field -> texts(first.path(field))).toList();
    return !thing.isEmpty()
        && earlier.kind().service().equals(later.kind().service())
        && run.plan().region(earlier).equals(run.plan().region(later))
        && texts(run.calls().check(later).with()).toList().containsAll(thing);
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).flatMap(Checks::texts);
  }
}
