package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

@Singleton
final class Metric implements LookingHandler<Verify.Metric> {
  /** How late CloudWatch may show a minute. */
  private static final Duration LATE = Duration.ofMinutes(3);

  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  public Class<Verify.Metric> declaration() {
    return Verify.Metric.class;
  }

  @Override
  public Observation observe(Work<Verify.Metric> work) {
    Verify.Metric with = work.with();
    Series series = new Series(work);
    Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    SortedMap<Instant, Double> values = series.between(end.minus(LATE).minus(with.period()), end);
    if (values.isEmpty() && !series.isKnown()) {
      throw work.underWay(series.unknown(), LOOK);
    }
    Instant last = newest(values, end.minus(LATE));
    List<Instant> minutes =
        Stream.iterate(last, minute -> minute.minus(MINUTE))
            .limit(with.period().toMinutes())
            .toList();
    for (Instant minute : minutes) {
      Optional<String> lack = lack(with, minute, value(with, values, minute));
      if (lack.isPresent()) {
        throw work.underWay(series + " " + lack.get(), LOOK);
      }
    }
    return Settled.of(new Verify.Metric.Outputs(written(value(with, values, last).orElseThrow())));
  }

  /** No data means zero only once it can no longer be late. */
  private static Instant newest(SortedMap<Instant, Double> values, Instant certain) {
    Instant oldest = certain.minus(MINUTE);
    if (values.isEmpty()) {
      return oldest;
    }
    return values.lastKey().isBefore(oldest) ? oldest : values.lastKey();
  }

  private static Optional<Double> value(
      Verify.Metric with, SortedMap<Instant, Double> values, Instant minute) {
    Optional<Double> found = Optional.ofNullable(values.get(minute));
    return found.isEmpty() && with.absentIsZero() ? Optional.of(0.0) : found;
  }

  private static Optional<String> lack(Verify.Metric with, Instant minute, Optional<Double> found) {
    if (found.isEmpty()) {
      return Optional.of("has no data for the minute " + minute);
    }
    double value = found.get();
    boolean above = with.atMost() != null && value > with.atMost();
    boolean below = with.atLeast() != null && value < with.atLeast();
    return above || below
        ? Optional.of(
            "was %s in the minute %s, and must be %s for %s"
                .formatted(written(value), minute, bounds(with), Durations.format(with.period())))
        : Optional.empty();
  }

  private static String bounds(Verify.Metric with) {
    if (with.atLeast() == null) {
      return "at most " + with.atMost();
    }
    return with.atMost() == null
        ? "at least " + with.atLeast()
        : "from %d to %d".formatted(with.atLeast(), with.atMost());
  }

  private static String written(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /**
   * What it is worth becomes right only during the recovery; that it exists can be known before.
   */
  @Override
  public Readiness check(Work<Verify.Metric> work) {
    Series series = new Series(work);
    Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    SortedMap<Instant, Double> values = series.between(end.minus(LATE).minus(MINUTE), end);
    if (!values.isEmpty()) {
      return new Readiness(
          true,
          "%s is %s"
              .formatted(
                  series, written(value(work.with(), values, values.lastKey()).orElseThrow())),
          null);
    }
    boolean known = series.isKnown();
    return new Readiness(known, known ? series + " has no data right now" : series.unknown(), null);
  }
}
