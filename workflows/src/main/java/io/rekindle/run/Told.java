package io.rekindle.run;

/** A story, whatever happens in it. */
interface Told {
  void begin();

  /** After an earlier execution of the same run. */
  void goOn();
}
