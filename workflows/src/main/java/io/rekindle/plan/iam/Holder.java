package io.rekindle.plan.iam;

import io.rekindle.plan.value.Arn;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who is permitted something, and for what.
 *
 * @param role none for the identity that the worker has by itself
 */
record Holder(Duty duty, @Nullable Arn role) implements Comparable<Holder> {
  private static final Comparator<Holder> ORDER =
      Comparator.comparing(Holder::duty).thenComparing(Holder::name);

  private String name() {
    return role == null ? "" : role.value();
  }

  @Override
  public int compareTo(Holder other) {
    return ORDER.compare(this, other);
  }
}
