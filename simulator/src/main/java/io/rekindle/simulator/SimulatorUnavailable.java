package io.rekindle.simulator;

/**
 * The simulator cannot start on this machine. Tests may skip then, but never in continuous
 * integration, where it is another exception.
 */
public final class SimulatorUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private SimulatorUnavailable(String why) {
    super(why);
  }

  static RuntimeException because(String why) {
    return "true".equals(System.getenv("CI"))
        ? new IllegalStateException(why)
        : new SimulatorUnavailable(why);
  }
}
