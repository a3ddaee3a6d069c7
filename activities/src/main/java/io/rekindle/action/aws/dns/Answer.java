package io.rekindle.action.aws.dns;

import java.util.Set;
import java.util.SortedSet;

/**
 * What one server answered about a name.
 *
 * @param server its own name
 * @param values in DNS's own writing, names in small letters and without the last dot
 * @param trouble why there are no values; empty when there are
 */
public record Answer(String server, SortedSet<String> values, String trouble) {
  /** As many addresses as a load balancer gives at a time, however many it has. */
  private static final int MOST_ADDRESSES = 8;

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
