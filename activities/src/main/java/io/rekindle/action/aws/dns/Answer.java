package io.rekindle.action.aws.dns;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one server answered about a name.
 *
 * @param server its own name
 * @param spoke whether it said anything about the name: silence, and a refusal to say, are neither
 *     right nor wrong
 * @param values in DNS's own writing, names in small letters and without the last dot
 * @param ttl how long others may remember them
 * @param trouble why there are no values; empty when there are
 */
public record Answer(
    String server, boolean spoke, SortedSet<String> values, Duration ttl, String trouble) {
  /** As many addresses as a load balancer gives at a time, however many it has. */
  private static final int MOST_ADDRESSES = 8;

  static Answer silent(String server, String trouble) {
    return new Answer(
        server, false, Collections.unmodifiableSortedSet(new TreeSet<>()), Duration.ZERO, trouble);
  }

  /** Whether it is exactly this. */
  public boolean is(Set<String> expected) {
    return values.equals(expected);
  }

  /**
   * Whether it leads to what has these addresses. Of many addresses each answer holds others: one
   * in common is enough then.
   */
  public boolean leadsTo(Set<String> addresses) {
    return !values.isEmpty()
        && (addresses.size() < MOST_ADDRESSES
            ? addresses.containsAll(values)
            : values.stream().anyMatch(addresses::contains));
  }

  /** In words, for a sentence. */
  public String inWords() {
    return server + " answers " + (values.isEmpty() ? trouble : String.join(", ", values));
  }
}
