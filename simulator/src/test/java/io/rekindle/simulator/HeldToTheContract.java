package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.contract.Overheard;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After every test: all that went over the wire meanwhile is as AWS's own models have it. */
public final class HeldToTheContract implements AfterEachCallback {
  static final Overheard WIRE = new Overheard(ServiceData.wire());

  static {
    Path report = Path.of("target/wire", System.getProperty("fork", "1"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> WIRE.report(report)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(WIRE.differences()).as("differences from AWS's service models").isEmpty();
  }
}
