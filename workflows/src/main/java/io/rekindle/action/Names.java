package io.rekindle.action;

/** The names of what a step creates: nobody else gives them. */
public record Names(String run, int generation, boolean drill) {
  public String of(String target) {
    if (drill) {
      return "drill-" + run + "-" + target;
    }
    return target + "-" + run + (generation > 1 ? "-g" + generation : "");
  }
}
