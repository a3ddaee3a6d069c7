package io.rekindle.plan.step;

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
}
