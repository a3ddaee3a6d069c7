package io.rekindle.plan;

import io.rekindle.plan.shape.Problem;

/** A problem with the file it is in. */
public record PlanProblem(String file, Problem problem) {
  /** {@code file:line:column: what is wrong, in where; did you mean 'word'?} */
  @Override
  public String toString() {
    return file + ":" + problem.place() + ": " + problem.sentence();
  }
}
