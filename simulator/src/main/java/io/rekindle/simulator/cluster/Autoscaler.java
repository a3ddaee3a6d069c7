package io.rekindle.simulator.cluster;

import java.time.Duration;
import java.time.Instant;

/** A HorizontalPodAutoscaler: its limits, and which workload they hold. */
final class Autoscaler {
  /** How often the controller looks, where nobody has set it otherwise. */
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final Workload of;
  private final String name;
  private int min;
  private int max;
  private Instant changed;

  Autoscaler(Workload of, String name, int min, int max, Instant now) {
    this.of = of;
    this.name = name;
    this.min = min;
    this.max = max;
    this.changed = now;
  }

  void limit(int least, int most, Instant now) {
    min = least;
    max = most;
    changed = now;
  }

  /** The count it sets next; a workload of no replicas is none of its business. */
  int wants(Instant now) {
    Instant last = changed.isAfter(of.changed()) ? changed : of.changed();
    boolean acts = of.replicas() > 0 && !now.isBefore(last.plus(PERIOD));
    return acts ? Math.clamp(of.replicas(), min, max) : of.replicas();
  }

  Workload of() {
    return of;
  }

  String name() {
    return name;
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }
}
