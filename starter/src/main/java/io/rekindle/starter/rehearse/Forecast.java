package io.rekindle.starter.rehearse;

import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.Draw;
import io.rekindle.starter.rehearse.Durations.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long a recovery will take: thousands of samples of the kinds' typical durations over the
 * plan's own graph. No workflow runs; the same seed gives the same numbers.
 */
public final class Forecast {
  private final List<Step> steps;
  private final int[][] needs;
  private final List<List<Part>> parts;
  private final double[] slowness;

  /**
   * @param slow factors for steps that are expected to take longer than usual, by id
   */
  public Forecast(Plan plan, Section section, Selection selection, Map<String, Double> slow) {
    StepGraph graph = StepGraph.of(plan.steps(section)).only(selection::takes);
    Map<String, Set<String>> waits = new HashMap<>();
    graph.steps().forEach(step -> waits.put(step.id(), waitsFor(step, graph)));
    this.steps = ordered(graph.inOrder(), waits);
    this.needs = new int[steps.size()][];
    this.slowness = new double[steps.size()];
    Map<String, Integer> index = new HashMap<>();
    List<List<Part>> all = new ArrayList<>();
    for (Step step : steps) {
      int i = index.size();
      needs[i] =
          waits.getOrDefault(step.id(), Set.of()).stream()
              .filter(index::containsKey)
              .mapToInt(index::get)
              .toArray();
      slowness[i] = slow.getOrDefault(step.id(), 1.0);
      all.add(Durations.of(step, plan.parameters()));
      index.put(step.id(), i);
    }
    this.parts = all;
  }

  /** What a step needs, and the fences that traffic must not outrun. */
  private static Set<String> waitsFor(Step step, StepGraph graph) {
    Set<String> waits = new LinkedHashSet<>(graph.needsOf(step.id()));
    graph.fencesBefore(step).forEach(fence -> waits.add(fence.id()));
    return waits;
  }

  private static List<Step> ordered(List<Step> steps, Map<String, Set<String>> waits) {
    List<Step> rest = new ArrayList<>(steps);
    List<Step> order = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    while (!rest.isEmpty()) {
      Step next =
          rest.stream()
              .filter(step -> placed.containsAll(waits.getOrDefault(step.id(), Set.of())))
              .findFirst()
              .orElse(rest.getFirst());
      rest.remove(next);
      order.add(next);
      placed.add(next.id());
    }
    return List.copyOf(order);
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
      Sample played = play(new Draw(seed * samples + sample));
      totals[sample] = played.total();
      for (int i = 0; i < needs.length; i++) {
        starts[i][sample] = played.starts[i];
        ends[i][sample] = played.ends[i];
      }
      for (int i = played.last(); i >= 0; i = played.before[i]) {
        critical[i]++;
        estimated += played.estimates[i];
        criticalTime += played.ends[i] - played.starts[i];
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
    for (int i = 0; i < needs.length; i++) {
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

  /** One play: when each step started and ended, and which step it waited for last. */
  private static final class Sample {
    private final double[] starts;
    private final double[] ends;
    private final double[] estimates;
    private final int[] before;

    Sample(int size) {
      starts = new double[size];
      ends = new double[size];
      estimates = new double[size];
      before = new int[size];
    }

    int last() {
      int last = -1;
      for (int i = 0; i < ends.length; i++) {
        if (last < 0 || ends[i] > ends[last]) {
          last = i;
        }
      }
      return last;
    }

    double total() {
      return ends.length == 0 ? 0 : ends[last()];
    }
  }

  /** One play, with the durations that a rehearsal of this seed has. */
  Result once(long seed) {
    return run(1, seed);
  }

  private Sample play(Draw draw) {
    Sample sample = new Sample(needs.length);
    for (int i = 0; i < needs.length; i++) {
      sample.before[i] = -1;
      for (int need : needs[i]) {
        if (sample.before[i] < 0 || sample.ends[need] > sample.ends[sample.before[i]]) {
          sample.before[i] = need;
        }
      }
      sample.starts[i] = sample.before[i] < 0 ? 0 : sample.ends[sample.before[i]];
      sample.ends[i] = sample.starts[i];
      for (Part part : parts.get(i)) {
        double seconds = draw.of(part.lasts(), part.lot()) * slowness[i];
        sample.ends[i] += seconds;
        sample.estimates[i] += part.lasts().isEstimate() ? seconds : 0;
      }
    }
    return sample;
  }
}
