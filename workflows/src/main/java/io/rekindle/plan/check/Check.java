package io.rekindle.plan.check;

import io.rekindle.plan.shape.Problem;
import java.util.function.Consumer;

/** One concern. Reports everything it finds and never stops at the first. */
interface Check {
  void run(Draft draft, Consumer<Problem> report);
}
