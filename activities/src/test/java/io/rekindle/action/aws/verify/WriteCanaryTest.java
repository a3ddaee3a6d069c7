package io.rekindle.action.aws.verify;

import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import org.junit.jupiter.api.AfterAll;

/** On MariaDB. */
class WriteCanaryTest extends WriteCanaryContract {
  private static final Simulator SERVER =
      Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final CanaryServer CANARIES =
      CanaryServer.of(SimulatedMySql.url(SERVER, CanaryServer.PASSWORD));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  CanaryServer server() {
    return CANARIES;
  }
}
