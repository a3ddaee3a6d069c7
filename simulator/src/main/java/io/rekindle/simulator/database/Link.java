package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The way from a replica to its source, on which nothing moves as long as it is cut. */
final class Link implements AutoCloseable {
  private static final long LOOK_AGAIN = 20_000_000;
  private static final int PACKET = 8192;
  private final ServerSocket listener;
  private final IntSupplier source;
  private final BooleanSupplier cut;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Link(ServerSocket listener, IntSupplier source, BooleanSupplier cut) {
    this.listener = listener;
    this.source = source;
    this.cut = cut;
  }

  /**
   * @param source where the source answers at present
   */
  static Link open(IntSupplier source, BooleanSupplier cut) throws IOException {
    ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Link link = new Link(listener, source, cut);
    Thread.startVirtualThread(link::listen);
    return link;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket replica = listener.accept();
        Thread.startVirtualThread(() -> connect(replica));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket replica) {
    try (replica;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), source.getAsInt())) {
      open.add(replica);
      open.add(behind);
      Thread.startVirtualThread(() -> pass(behind, replica));
      pass(replica, behind);
    } catch (IOException gone) {
      // The replica tries again.
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] packet = new byte[PACKET];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
        while (cut.getAsBoolean() && !listener.isClosed()) {
          LockSupport.parkNanos(LOOK_AGAIN);
        }
        out.write(packet, 0, length);
      }
    } catch (IOException gone) {
      // As above.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
