package io.rekindle.forecast;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Spread;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.step.Control;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** When each step of a graph begins and ends, with all that overlaps and all that is waited for. */
public final class Timetable {
  /** What a step does last. */
  public static final String SETTLING = "settling";

  private final List<Step> steps;
  private final int[][] needs;
  private final List<List<Part>> parts = new ArrayList<>();
  private final double[] slowness;

  /**
   * One thing that a step spends time on.
   *
   * @param lot what it is called where durations are drawn
   */
  private record Part(long lot, Spread lasts) {}

  /**
   * @param words what expressions stand for, as far as it is known
   * @param slow factors for steps that are expected to take longer than usual, by id
   */
  public Timetable(
      StepGraph graph, Function<Expression.Word, Node> words, Map<String, Double> slow) {
    Map<String, Set<String>> waits = new HashMap<>();
    graph.steps().forEach(step -> waits.put(step.id(), waitsFor(step, graph)));
    this.steps = ordered(graph.inOrder(), waits);
    this.needs = new int[steps.size()][];
    this.slowness = new double[steps.size()];
    Map<String, Integer> index = new HashMap<>();
    for (Step step : steps) {
      int i = index.size();
      needs[i] =
          waits.getOrDefault(step.id(), Set.of()).stream()
              .filter(index::containsKey)
              .mapToInt(index::get)
              .toArray();
      slowness[i] = step.kind().isWait() ? 1 : slow.getOrDefault(step.id(), 1.0);
      parts.add(parts(step, words));
      index.put(step.id(), i);
    }
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

  private static List<Part> parts(Step step, Function<Expression.Word, Node> words) {
    Kind kind = step.kind();
    List<Part> parts = new ArrayList<>();
    Node given = Binding.resolve(step.with(), words);
    kind.changes().stream()
        .filter(change -> change.isWanted(given))
        .forEach(change -> parts.add(part(step, change.name(), change.lasts())));
    parts.add(part(step, SETTLING, told(step, words)));
    return List.copyOf(parts);
  }

  private static Part part(Step step, String what, Spread lasts) {
    return new Part(Draw.lot(step.id(), 1, what), lasts);
  }

  /** What lasts as long as the plan says, is no estimate. */
  private static Spread told(Step step, Function<Expression.Word, Node> words) {
    Kind kind = step.kind();
    if (!kind.isControl()) {
      return kind.settles();
    }
    return Binding.bind(kind, step.with(), word -> orBlank(words.apply(word)), "")
        .value()
        .map(Control.class::cast)
        .flatMap(Control::lasts)
        .map(lasts -> Spread.exactly(lasts, "plan"))
        .orElse(kind.settles());
  }

  /** What only a run knows may stand in what people are told; no time is made of it. */
  private static Node orBlank(Node value) {
    return value instanceof Node.Unknown ? Node.Scalar.text(Place.START, "?") : value;
  }

  /** The steps, each after all that it waits for. */
  public List<Step> steps() {
    return steps;
  }

  /** When everything begins and ends, with the durations of this seed. */
  public Played play(Draw draw) {
    Played played = new Played(needs.length);
    for (int i = 0; i < needs.length; i++) {
      played.waitsFor(i, needs[i]);
      for (Part part : parts.get(i)) {
        double seconds = draw.of(part.lasts(), part.lot()) * slowness[i];
        played.ends[i] += seconds;
        played.estimates[i] += part.lasts().isEstimate() ? seconds : 0;
      }
    }
    return played;
  }

  /** How long all of it takes in half of so many plays at most. */
  public Duration typical(int plays) {
    double[] totals = new double[plays];
    for (int seed = 0; seed < plays; seed++) {
      totals[seed] = play(new Draw(seed)).total();
    }
    Arrays.sort(totals);
    return Duration.ofSeconds(Math.round(totals[plays / 2]));
  }

  /** One play, in seconds: when each step began and ended, and which it waited for last. */
  public static final class Played {
    private final double[] starts;
    private final double[] ends;
    private final double[] estimates;
    private final int[] before;

    private Played(int size) {
      starts = new double[size];
      ends = new double[size];
      estimates = new double[size];
      before = new int[size];
    }

    private void waitsFor(int step, int[] needs) {
      before[step] = -1;
      for (int need : needs) {
        if (before[step] < 0 || ends[need] > ends[before[step]]) {
          before[step] = need;
        }
      }
      starts[step] = before[step] < 0 ? 0 : ends[before[step]];
      ends[step] = starts[step];
    }

    public double start(int step) {
      return starts[step];
    }

    public double end(int step) {
      return ends[step];
    }

    /** How much of its time rests on what nobody has measured. */
    public double estimated(int step) {
      return estimates[step];
    }

    /** The steps that made it last as long as it did, last to first. */
    public List<Integer> critical() {
      List<Integer> path = new ArrayList<>();
      for (int i = last(); i >= 0; i = before[i]) {
        path.add(i);
      }
      return path;
    }

    private int last() {
      int last = -1;
      for (int i = 0; i < ends.length; i++) {
        if (last < 0 || ends[i] > ends[last]) {
          last = i;
        }
      }
      return last;
    }

    public double total() {
      return ends.length == 0 ? 0 : ends[last()];
    }
  }
}
