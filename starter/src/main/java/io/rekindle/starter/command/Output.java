package io.rekindle.starter.command;

/** Whom a command prints for. */
enum Output {
  /** People. */
  TEXT,
  /** Scripts: the fields stay what they are. */
  JSON
}
