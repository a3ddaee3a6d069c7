package io.rekindle.plan;

import io.rekindle.plan.Region.Side;
import io.rekindle.plan.shape.Node;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A spot in a plan where a kind is used. */
public sealed interface Use permits Step, Plan.Evidence, Plan.Notice {
  /** The kind's name as it was written. */
  String uses();

  Node with();

  /** The side as it was written. */
  @Nullable Side region();

  Node.Fields source();

  /** The kind, of a plan that was found good. */
  default Kind kind() {
    return knownKind().orElseThrow();
  }

  /** The kind, where the name that was written is one. */
  default Optional<Kind> knownKind() {
    return Kinds.named(uses());
  }
}
