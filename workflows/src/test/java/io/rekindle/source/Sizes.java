package io.rekindle.source;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.stream.Stream;

/** Things by their size, the largest first. */
record Sizes(List<Sized> all) {

  record Sized(String name, int size) {}

  static Sizes of(Stream<Sized> all) {
    return new Sizes(all.sorted(comparing(Sized::size).reversed()).toList());
  }

  Measured median() {
    return Measured.of(within(50));
  }

  Measured p95() {
    return new Measured(within(95), names());
  }

  Measured largest() {
    return new Measured(within(100), names());
  }

  /** The size that so many of a hundred do not exceed. */
  private int within(int percent) {
    return all.get(all.size() - Math.ceilDiv(all.size() * percent, 100)).size();
  }

  private List<String> names() {
    return all.stream().map(each -> "%s %d".formatted(each.name(), each.size())).toList();
  }
}
