package io.rekindle.starter.command;

import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.rehearse.Forecast;
import io.rekindle.starter.rehearse.Forecast.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A forecast as people and scripts read it. */
record ForecastReport(
    Plan plan, Section section, Mode mode, int samples, long seed, Forecast.Result result) {
  private static final int BINS = 10;

  void print(Console console) {
    console.line(
        "%s, %s, %s: %,d samples, seed %d"
            .formatted(plan.application(), Shapes.word(section), Shapes.word(mode), samples, seed));
    console.line();
    console.line(
        console.styled(Style.BOLD, "Recovery time")
            + "  P50 %s   P90 %s   P99 %s   (from the start of the run)"
                .formatted(
                    Bars.time(within(0.5)), Bars.time(within(0.9)), Bars.time(within(0.99))));
    objective().ifPresent(limit -> printObjective(console, limit));
    console.line();
    histogram(console);
    console.line();
    timeline(console);
    console.line();
    console.line(
        percent(result.estimated())
            + " of the critical path rests on estimates that nobody has measured yet.");
  }

  private Duration within(double share) {
    return result.within(share);
  }

  private Optional<Duration> objective() {
    return section == Section.FAILBACK || plan.objectives() == null
        ? Optional.empty()
        : Optional.ofNullable(plan.objectives().rto());
  }

  private void printObjective(Console console, Duration limit) {
    double chance = result.chance(limit);
    Style style = chance >= 0.9 ? Style.GREEN : chance >= 0.5 ? Style.YELLOW : Style.RED;
    console.line(
        console.styled(Style.BOLD, "Objective    ")
            + "  "
            + Bars.time(limit)
            + " is met in "
            + console.styled(style, percent(chance))
            + " of the samples");
  }

  private void histogram(Console console) {
    long from = result.totals().getFirst().toSeconds();
    long to = result.totals().getLast().toSeconds();
    double width = Math.max(1.0, (double) (to - from + 1) / BINS);
    int[] counts = new int[BINS];
    for (Duration total : result.totals()) {
      counts[(int) Math.min(BINS - 1, (total.toSeconds() - from) / width)]++;
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    for (int bin = 0; bin < BINS; bin++) {
      String label = Bars.time(Duration.ofSeconds(Math.round(from + bin * width)));
      double share = (double) counts[bin] / samples;
      console.line(
          "%9s | %s %s"
              .formatted(
                  label,
                  Bars.bar(0, (double) counts[bin] / most, console.width() - 20),
                  percent(share)));
    }
  }

  private void timeline(Console console) {
    int names = result.steps().stream().mapToInt(each -> each.step().id().length()).max().orElse(0);
    Duration end =
        result.steps().stream().map(StepResult::end).max(Duration::compareTo).orElse(Duration.ZERO);
    double total = Math.max(1, end.toSeconds());
    int room = Math.max(20, console.width() - names - 36);
    console.line(
        console.styled(Style.BOLD, "Median timeline")
            + ", and how often a step was on the critical path");
    for (StepResult each : result.steps()) {
      String bar = Bars.bar(each.start().toSeconds() / total, each.end().toSeconds() / total, room);
      console.line(
          ("  %-" + names + "s |%-" + room + "s| %7s to %-7s %5s")
              .formatted(
                  each.step().id(),
                  bar,
                  Bars.time(each.start()),
                  Bars.time(each.end()),
                  percent(each.critical())));
    }
  }

  private static String percent(double share) {
    return share > 0 && share < 0.01
        ? "<1 %"
        : String.format(Locale.ROOT, "%.0f %%", Math.floor(share * 100 + 1e-9));
  }

  Json json() {
    Duration limit = objective().orElse(null);
    return new Json(
        plan.application().value(),
        Shapes.word(section),
        Shapes.word(mode),
        samples,
        seed,
        within(0.5).toSeconds(),
        within(0.9).toSeconds(),
        within(0.99).toSeconds(),
        limit == null ? null : limit.toSeconds(),
        limit == null ? null : result.chance(limit),
        result.estimated(),
        result.steps().stream().map(StepJson::of).toList());
  }

  /** Times are seconds, shares go from 0 to 1. */
  record Json(
      String application,
      String section,
      String mode,
      int samples,
      long seed,
      long p50,
      long p90,
      long p99,
      @Nullable Long objective,
      @Nullable Double chance,
      double estimated,
      List<StepJson> steps) {}

  record StepJson(String id, String uses, long start, long end, double critical) {
    static StepJson of(StepResult each) {
      return new StepJson(
          each.step().id(),
          each.step().uses(),
          each.start().toSeconds(),
          each.end().toSeconds(),
          each.critical());
    }
  }
}
