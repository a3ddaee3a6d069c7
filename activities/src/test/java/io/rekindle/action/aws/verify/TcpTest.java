package io.rekindle.action.aws.verify;

import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.Verify;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;

class TcpTest extends VerifyContract<Verify.Tcp> {
  private final ActionHandler<Verify.Tcp> handler = new Tcp();
  private ServerSocket server = listening(0);

  private static ServerSocket listening(int port) {
    try {
      return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @AfterEach
  void anotherServer() throws IOException {
    server.close();
    server = listening(0);
  }

  @Override
  protected ActionHandler<Verify.Tcp> handler() {
    return handler;
  }

  @Override
  protected String with() {
    return "{host: '127.0.0.1', port: %d}".formatted(server.getLocalPort());
  }

  @Override
  protected void given() {
    if (server.isClosed()) {
      server = listening(server.getLocalPort());
    }
  }

  @Override
  protected void notYet() throws IOException {
    server.close();
  }

  @Override
  protected String[] said() {
    return new String[] {
      "127.0.0.1:" + server.getLocalPort(), "is not open", "it refused the connection"
    };
  }
}
