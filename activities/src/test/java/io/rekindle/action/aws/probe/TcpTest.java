package io.rekindle.action.aws.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ProbeContract;
import io.rekindle.plan.step.proof.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpTest extends ProbeContract<Probe.Tcp> {
  private String host = "127.0.0.1";
  private int port;
  private @Nullable ServerSocket server;

  @BeforeEach
  void aFreePort() throws IOException {
    host = "127.0.0.1";
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @Override
  protected ActionHandler<Probe.Tcp> handler() {
    return new Tcp();
  }

  @Override
  protected String with() {
    return "{host: '%s', port: %d, timeout: '1s'}".formatted(host, port);
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected void given() throws IOException {
    server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
  }

  @Override
  protected void failing() {}

  @Override
  protected void dark() {
    host = "no.such.invalid";
  }

  @Override
  protected String subject() {
    return host + ":" + port;
  }

  @Test
  void healthIsShownWithWhatItLookedLike() throws IOException {
    given();
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Settled.class,
            seen ->
                assertThat(seen.outputs().values())
                    .singleElement()
                    .asString()
                    .matches("port " + port + " open after \\d+ ms"));
  }
}
