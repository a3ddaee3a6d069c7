package io.rekindle.action.aws.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * A way to a server on which the answer to certain words can get lost, and the connection with it.
 */
final class LossyWire implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final ServerSocket door;
  private final IntSupplier server;
  private volatile String lost = "";

  private LossyWire(ServerSocket door, IntSupplier server) {
    this.door = door;
    this.server = server;
  }

  /**
   * @param server its port, asked for whenever somebody connects
   */
  static LossyWire to(IntSupplier server) {
    try {
      ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      LossyWire wire = new LossyWire(door, server);
      Thread.startVirtualThread(wire::listen);
      return wire;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int port() {
    return door.getLocalPort();
  }

  void loseAnswersTo(String words) {
    lost = words;
  }

  void mend() {
    lost = "";
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    AtomicBoolean deaf = new AtomicBoolean();
    try (client;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt())) {
      Thread.startVirtualThread(() -> answer(behind, client, deaf));
      InputStream asked = client.getInputStream();
      byte[] some = new byte[CHUNK];
      for (int n = asked.read(some); n >= 0; n = asked.read(some)) {
        if (!lost.isEmpty() && new String(some, 0, n, ISO_8859_1).contains(lost)) {
          deaf.set(true);
        }
        behind.getOutputStream().write(some, 0, n);
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static void answer(Socket behind, Socket client, AtomicBoolean deaf) {
    try (client) {
      InputStream answer = behind.getInputStream();
      byte[] some = new byte[CHUNK];
      for (int n = answer.read(some); n >= 0 && !deaf.get(); n = answer.read(some)) {
        client.getOutputStream().write(some, 0, n);
      }
    } catch (IOException gone) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
