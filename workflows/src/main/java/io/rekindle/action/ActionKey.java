package io.rekindle.action;

/**
 * What makes a change the same change, however often it is asked for. Computed in the workflow,
 * from nothing that differs between attempts.
 *
 * @param generation raised only when a person asks to do it anew
 */
public record ActionKey(String application, String run, String step, int generation) {
  public String of(String change) {
    return String.join("/", application, run, step, "g" + generation, change);
  }
}
