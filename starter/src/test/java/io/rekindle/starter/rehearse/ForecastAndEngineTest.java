package io.rekindle.starter.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.run.StepState;
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
    Result forecast =
        new Forecast(plan, Section.FAILOVER, Examples.selection(plan), saidAtOnce(plan)).once(seed);
    Rehearsed rehearsed = Examples.play(plan, seed, "");
    assertThat(rehearsed.account().ending())
        .as(rehearsed.account().why())
        .isEqualTo(Ending.RECOVERED);
    Map<String, Span> engine = spans(rehearsed);

    everyStepTakesItsTimeAndAtMostOneLookMore(forecast, engine);
    theWholeTakesItsCriticalPathAndAtMostOneLookAStep(forecast, engine);
    whatCanOverlapDoes(plan, forecast, engine);
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

  private static void whatCanOverlapDoes(Plan plan, Result forecast, Map<String, Span> engine) {
    StepGraph graph = StepGraph.of(plan.failover()).only(Examples.selection(plan)::takes);
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
