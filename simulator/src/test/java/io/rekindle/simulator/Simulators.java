package io.rekindle.simulator;

/**
 * The simulators of one test JVM, because to start one takes longer than the tests of a class. Each
 * class has accounts of its own; one that needs an empty simulator resets it.
 */
final class Simulators {
  private Simulators() {}

  private static final class Plain {
    private static final Simulator ONE = untilTheEnd(Settings.FAST);
  }

  private static final class WithDatabases {
    private static final Simulator ONE = untilTheEnd(Settings.FAST.withPace(0).withDatabases());
  }

  static Simulator plain() {
    return Plain.ONE;
  }

  /** In this one nothing takes its time. */
  static Simulator withDatabases() {
    return WithDatabases.ONE;
  }

  private static Simulator untilTheEnd(Settings settings) {
    Simulator simulator = Simulator.start(settings);
    simulator.listen(HeldToTheContract.WIRE);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    return simulator;
  }
}
