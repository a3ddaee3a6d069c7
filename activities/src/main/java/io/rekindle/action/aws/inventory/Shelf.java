package io.rekindle.action.aws.inventory;

import io.rekindle.plan.step.Action;
import java.util.List;
import java.util.Set;

/** All that there is of one service. */
public interface Shelf {
  /** Whose kinds make such things, or change what makes them. */
  Set<Class<? extends Action>> services();

  List<Sort> sorts();
}
