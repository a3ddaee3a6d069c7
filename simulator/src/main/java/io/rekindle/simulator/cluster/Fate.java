package io.rekindle.simulator.cluster;

import java.util.Arrays;

/** What becomes of new pods. */
enum Fate {
  RUNS(""),
  /** Its image is not there. */
  NO_IMAGE("ImagePullBackOff"),
  /** It ends as soon as it has begun. */
  CRASHES("CrashLoopBackOff"),
  /** It names a secret that is not there. */
  NO_CONFIGURATION("CreateContainerConfigError"),
  /** It runs, and its readiness probe fails. */
  UNREADY("Unready"),
  /** A quota keeps it from being made at all. */
  REFUSED("FailedCreate");

  private final String word;

  Fate(String word) {
    this.word = word;
  }

  /** The word of Kubernetes for why it waits. */
  String word() {
    return word;
  }

  static Fate of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No pod ends as '" + word + "'."));
  }
}
