package io.rekindle.simulator.fake;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Declared;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How long changes last, and how they end: what the kinds of steps declare as likely, times one
 * factor, unless it is said otherwise here.
 */
public final class Tempo {
  private final double factor;
  private final Map<String, Duration> lasting = new ConcurrentHashMap<>();
  private final Map<String, String> ending = new ConcurrentHashMap<>();
  private final AtomicBoolean instant = new AtomicBoolean();
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

  public Tempo(double factor) {
    this.factor = factor;
  }

  /** From now on what this operation begins takes so long. */
  public void lasts(String operation, Duration time) {
    lasting.put(operation, time);
  }

  /** From now on what this operation begins ends in that state, such as {@code failed}. */
  public void endsAs(String operation, String state) {
    ending.put(operation, state);
  }

  /** Lets time pass for what is going on, without waiting. */
  public void pass(Duration time) {
    passed.updateAndGet(time::plus);
  }

  public Instant now() {
    return Instant.now().plus(passed.get());
  }

  public Instant end(String operation, Class<? extends Declared> kind, String change) {
    return now().plus(of(operation, kind, change));
  }

  /** Meanwhile nothing takes any time. */
  public <T> T instantly(Supplier<T> work) {
    instant.set(true);
    try {
      return work.get();
    } finally {
      instant.set(false);
    }
  }

  public void forget() {
    lasting.clear();
    ending.clear();
  }

  private Duration of(String operation, Class<? extends Declared> kind, String change) {
    return instant.get()
        ? Duration.ZERO
        : Optional.ofNullable(lasting.get(operation)).orElseGet(() -> scaled(kind, change));
  }

  public String end(String operation) {
    return ending.getOrDefault(operation, "");
  }

  private Duration scaled(Class<? extends Declared> kind, String change) {
    Kind.Change declared =
        Kinds.of(kind).changes().stream()
            .filter(each -> each.name().equals(change))
            .findFirst()
            .orElseThrow();
    return Duration.ofMillis(Math.round(declared.lasts().likely().toMillis() * factor));
  }
}
