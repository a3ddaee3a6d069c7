package io.rekindle.plan.step;

import io.rekindle.plan.shape.Shapes;
import java.util.List;

/**
 * A kind of step that looks at AWS or changes it. One sealed interface for each service holds its
 * kinds; {@link io.rekindle.plan.Kinds} lists the services.
 */
public non-sealed interface Action extends Declared {

  /**
   * Everything the kind may call, for this step: with ARNs wherever AWS allows them, never with a
   * wildcard action.
   */
  List<Permission> permissions(Realm at);

  /**
   * What a kind changes: an enum within its record, in the order in which the changes are made. A
   * kind without one only looks.
   */
  interface Change {
    String name();

    /** How it is called in history, pages and permissions. */
    default String word() {
      return Shapes.word(name());
    }
  }

  /**
   * What later steps can read: a record within that of the kind. A component that is a record of
   * several is a group, whose values stand among the others; what the component says is said of the
   * first of them.
   */
  interface Outputs {}
}
