package io.rekindle.source;

/** How large a figure may be at most, or must be at least. */
record Limit(String words, int least, int most) {
  static Limit none() {
    return new Limit("", 0, Integer.MAX_VALUE);
  }

  static Limit atMost(int most) {
    return new Limit("≤ " + most, 0, most);
  }

  static Limit atLeast(int least) {
    return new Limit("≥ " + least, least, Integer.MAX_VALUE);
  }

  boolean allows(double number) {
    return least <= number && number <= most;
  }
}
