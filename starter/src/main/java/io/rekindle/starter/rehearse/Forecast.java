package io.rekindle.starter.rehearse;

import io.rekindle.forecast.Draw;
import io.rekindle.forecast.Timetable;
import io.rekindle.forecast.Timetable.Played;
import io.rekindle.plan.KnownAhead;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long a recovery will take: thousands of samples of the kinds' typical durations over the
 * plan's own graph. No workflow runs; the same seed gives the same numbers.
 */
public final class Forecast {
  private final Timetable timetable;
  private final List<Step> steps;

  /**
   * @param recovery the Region that was chosen
   * @param slow factors for steps that are expected to take longer than usual, by id
   */
  public Forecast(
      Plan plan, Section section, Region recovery, Selection selection, Map<String, Double> slow) {
    this.timetable =
        new Timetable(
            StepGraph.of(plan.steps(section)).only(selection::takes),
            new KnownAhead(plan, recovery, selection.parameters()),
            slow);
    this.steps = timetable.steps();
  }

  /** The steps that would run, each after all that it needs. */
  public List<Step> steps() {
    return steps;
  }

  /** What the samples showed. */
  public record Result(List<Duration> totals, List<StepResult> steps, double estimated) {

    /** The time within which this share of the samples was done. */
    public Duration within(double share) {
      return totals.get(
          (int) Math.clamp(Math.ceil(share * totals.size()) - 1, 0, totals.size() - 1));
    }

    /** The share of the samples that were done within the limit. */
    public double chance(Duration limit) {
      long met = totals.stream().filter(total -> total.compareTo(limit) <= 0).count();
      return (double) met / totals.size();
    }
  }

  /**
   * @param start the median start
   * @param end the median end
   * @param critical the share of samples in which the step was on the critical path
   */
  public record StepResult(Step step, Duration start, Duration end, double critical) {}

  /** Plays the recovery so many times. */
  public Result run(int samples, long seed) {
    double[] totals = new double[samples];
    double[][] starts = new double[steps.size()][samples];
    double[][] ends = new double[steps.size()][samples];
    int[] critical = new int[steps.size()];
    double estimated = 0;
    double criticalTime = 0;
    for (int sample = 0; sample < samples; sample++) {
      Played played = timetable.play(new Draw(seed * samples + sample));
      totals[sample] = played.total();
      for (int i = 0; i < steps.size(); i++) {
        starts[i][sample] = played.start(i);
        ends[i][sample] = played.end(i);
      }
      for (int i : played.critical()) {
        critical[i]++;
        estimated += played.estimated(i);
        criticalTime += played.end(i) - played.start(i);
      }
    }
    return new Result(
        sorted(totals),
        results(starts, ends, critical, samples),
        criticalTime == 0 ? 0 : estimated / criticalTime);
  }

  private List<StepResult> results(
      double[][] starts, double[][] ends, int[] critical, int samples) {
    List<StepResult> results = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      results.add(
          new StepResult(
              steps.get(i), median(starts[i]), median(ends[i]), (double) critical[i] / samples));
    }
    return List.copyOf(results);
  }

  private static List<Duration> sorted(double[] seconds) {
    return Arrays.stream(seconds).sorted().mapToObj(Forecast::duration).toList();
  }

  private static Duration median(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return duration(sorted[sorted.length / 2]);
  }

  private static Duration duration(double seconds) {
    return Duration.ofSeconds(Math.round(seconds));
  }

  /** One play, with the durations that a rehearsal of this seed has. */
  Result once(long seed) {
    return run(1, seed);
  }
}
