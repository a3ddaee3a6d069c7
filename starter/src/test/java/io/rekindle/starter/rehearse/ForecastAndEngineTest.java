package io.rekindle.starter.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.Script;
import io.rekindle.run.Gate;
import io.rekindle.run.StepState;
import io.rekindle.starter.rehearse.Approver.Answer;
import io.rekindle.starter.rehearse.Forecast.Result;
import io.rekindle.starter.rehearse.Forecast.StepResult;
import io.rekindle.starter.run.Account.Ending;
import io.rekindle.starter.run.Account.Played;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic of a forecast and the workflow itself tell the same story of a seed. */
class ForecastAndEngineTest {
  /** The arithmetic rounds to whole seconds. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  private static Stream<Arguments> twoSeedsOfEachExample() {
    return seeds(1, 2);
  }

  private static Stream<Arguments> eighteenMoreOfEachExample() {
    return seeds(3, 20);
  }

  private static Stream<Arguments> seeds(long from, long to) {
    return Examples.ALL.stream()
        .flatMap(example ->
            LongStream.rangeClosed(from, to).mapToObj(seed -> Arguments.of(example, seed)));
  }

  private static LongStream fiftySeeds() {
    return LongStream.rangeClosed(1, 50);
  }

  private record Span(Duration start, Duration end) {
    Duration length() {
      return end.minus(start);
    }

    boolean overlaps(Span other) {
      return start.compareTo(other.end) < 0 && other.start.compareTo(end) < 0;
    }
  }

  @ParameterizedTest
  @MethodSource("twoSeedsOfEachExample")
  void agree(String example, long seed) throws InterruptedException {
    Plan plan = Examples.plan(example);
    Selection selection = Examples.selection(plan);
    Rehearsed rehearsed = Examples.play(plan, seed, "");

    agree(plan, selection, saidAtOnce(plan), seed, rehearsed);
  }

  /** With parameters that were set, waits, tasks, gates, and any step slower than usual. */
  @ParameterizedTest
  @MethodSource("fiftySeeds")
  void agreeOnWhateverPlan(long seed) throws InterruptedException {
    GeneratedPlan generated = GeneratedPlan.of(seed);
    Script script = Script.SMOOTH;
    for (Map.Entry<String, Double> slow : generated.slow().entrySet()) {
      script = script.slower(slow.getKey(), slow.getValue());
    }
    Rehearsed rehearsed =
        Rehearsal.play(
            generated.plan(),
            new Rehearsal.Setting(generated.request(), script, seed, gate -> Answer.YES, true, ""),
            state -> {});

    agree(generated.plan(), generated.selection(), generated.slow(), seed, rehearsed);
  }

  private static void agree(
      Plan plan, Selection selection, Map<String, Double> slow, long seed, Rehearsed rehearsed) {
    Result forecast = new Forecast(plan, Section.FAILOVER, first(plan), selection, slow).once(seed);
    assertThat(rehearsed.account().ending())
        .as(rehearsed.account().why())
        .isEqualTo(Ending.RECOVERED);
    Map<String, Span> engine = spans(rehearsed);

    everyStepTakesItsTimeAndAtMostOneLookMore(forecast, engine);
    theWholeTakesItsCriticalPathAndAtMostOneLookAStep(forecast, engine);
    whatCanOverlapDoes(StepGraph.of(plan.failover()).only(selection::takes), forecast, engine);
    theGateTellsWhatTheForecastTells(plan, selection, rehearsed.account().state().gates());
  }

  private static Region first(Plan plan) {
    return plan.regions().recovery().getFirst();
  }

  /** Of what comes after a yes, half a chance either way. */
  private static void theGateTellsWhatTheForecastTells(
      Plan plan, Selection selection, List<Gate> gates) {
    StepGraph graph = StepGraph.of(plan.failover()).only(selection::takes);
    for (Gate gate : gates) {
      Set<String> over =
          graph.steps().stream()
              .map(Step::id)
              .filter(step -> !graph.isBefore(gate.id(), step))
              .collect(Collectors.toSet());
      Selection behind = Selection.of(plan, selection.mode(), selection.parameters(), over);
      Result forecast =
          new Forecast(plan, Section.FAILOVER, first(plan), behind, Map.of()).run(2001, 1);
      Duration told = gate.outlook().left();
      Duration looks = RehearsalCloud.LOOK.multipliedBy(graph.steps().size());
      assertThat(told)
          .as(gate.id())
          .isBetween(forecast.within(0.5).minus(looks), forecast.within(0.5).plus(looks));
    }
  }

  /** In a rehearsal nobody takes time to decide. */
  private static Map<String, Double> saidAtOnce(Plan plan) {
    return Examples.steps(plan).stream()
        .filter(step -> Kinds.named(step.uses()).orElseThrow().isApproval())
        .collect(Collectors.toMap(Step::id, step -> 0.0));
  }

  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("eighteenMoreOfEachExample")
  void agreeForMoreSeeds(String example, long seed) throws InterruptedException {
    agree(example, seed);
  }

  private static void everyStepTakesItsTimeAndAtMostOneLookMore(
      Result forecast, Map<String, Span> engine) {
    for (StepResult step : forecast.steps()) {
      Duration told = step.end().minus(step.start());
      assertThat(span(engine, step.step()).length())
          .as(step.step().id())
          .isBetween(told.minus(ROUNDING.multipliedBy(2)), told.plus(RehearsalCloud.LOOK));
    }
  }

  private static void theWholeTakesItsCriticalPathAndAtMostOneLookAStep(
      Result forecast, Map<String, Span> engine) {
    Duration told = forecast.within(1);
    long steps = forecast.steps().stream().filter(step -> step.critical() > 0).count();
    Duration took = engine.values().stream().map(Span::end).max(Duration::compareTo).orElseThrow();
    assertThat(took)
        .isBetween(told.minus(ROUNDING), told.plus(RehearsalCloud.LOOK.multipliedBy(steps)));
  }

  private static void whatCanOverlapDoes(
      StepGraph graph, Result forecast, Map<String, Span> engine) {
    List<StepResult> steps =
        forecast.steps().stream()
            .filter(step -> step.end().minus(step.start()).compareTo(RehearsalCloud.LOOK) > 0)
            .toList();
    for (StepResult one : steps) {
      for (StepResult other : steps) {
        if (graph.canOverlap(one.step().id(), other.step().id())
            && one.start().equals(other.start())) {
          assertThat(span(engine, one.step()).overlaps(span(engine, other.step())))
              .as(one.step().id() + " beside " + other.step().id())
              .isTrue();
        }
      }
    }
  }

  private static Span span(Map<String, Span> engine, Step step) {
    return Objects.requireNonNull(engine.get(step.id()), step.id());
  }

  /** From the moment the first step began. */
  private static Map<String, Span> spans(Rehearsed rehearsed) {
    Instant first =
        rehearsed.account().steps().stream()
            .map(Played::state)
            .map(state -> Objects.requireNonNull(state.started()))
            .min(Instant::compareTo)
            .orElseThrow();
    Map<String, Span> spans = new HashMap<>();
    rehearsed.account().steps().stream()
        .map(Played::state)
        .forEach(state -> spans.put(state.id(), span(first, state)));
    return spans;
  }

  private static Span span(Instant first, StepState state) {
    return new Span(
        Duration.between(first, Objects.requireNonNull(state.started())),
        Duration.between(first, Objects.requireNonNull(state.ended())));
  }
}
