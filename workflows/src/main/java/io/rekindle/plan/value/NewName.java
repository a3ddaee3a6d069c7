package io.rekindle.plan.value;

/**
 * The base of the name of what a step makes: a dash and the six digits of the run are appended, and
 * AWS must take the whole.
 */
public sealed interface NewName permits DatabaseName, SnapshotName {
  String value();
}
