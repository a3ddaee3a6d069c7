package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {
  private static final int TIMEOUT_MILLIS = 1000;

  @Test
  void isThereForThisAddressOnly() {
    int port = Ports.free();
    try (EmbeddedServer server = new EmbeddedServer(port)) {
      server.awaitReady();
      assertThatCode(() -> connect("127.0.0.1", port)).doesNotThrowAnyException();
      assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(IOException.class);
    }
  }

  private static void connect(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
    }
  }
}
