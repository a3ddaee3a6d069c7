package io.rekindle.simulator.database;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The port of one database: leads to the server that all of them share, under a user and a schema
 * that are this one's only.
 */
final class Door implements AutoCloseable {
  private static final long LOOK_AGAIN = 50_000_000;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
  private final Thread listening = Thread.ofVirtual().unstarted(this::listen);
  private final ServerSocket listener;
  private final int server;
  private final Function<Login, Optional<Login>> translation;
  private final BooleanSupplier silent;

  private Door(
      ServerSocket listener,
      int server,
      Function<Login, Optional<Login>> translation,
      BooleanSupplier silent) {
    this.listener = listener;
    this.server = server;
    this.translation = translation;
    this.silent = silent;
  }

  /**
   * @param port 0 for any free one
   * @param translation empty for who is not let in
   * @param silent whether nobody who knocks gets an answer at present
   */
  static Door open(
      int port, int server, Function<Login, Optional<Login>> translation, BooleanSupplier silent)
      throws IOException {
    ServerSocket listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Door door = new Door(listener, server, translation, silent);
    door.listening.start();
    return door;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many clients are connected. */
  int guests() {
    return guests.size();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void admit(Socket client) throws IOException {
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException closed) {
      client.close();
    }
  }

  private void serve(Socket client) {
    try (client) {
      while (silent.getAsBoolean() && !listener.isClosed()) {
        LockSupport.parkNanos(LOOK_AGAIN);
      }
      try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
        open.add(client);
        open.add(behind);
        threads.execute(() -> pass(behind, client));
        if (letIn(client, behind)) {
          guests.add(client);
          client.getInputStream().transferTo(behind.getOutputStream());
        }
      } finally {
        guests.remove(client);
        open.removeIf(Socket::isClosed);
      }
    } catch (IOException gone) {
      // Either side has left, which ends the connection for the other.
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  private boolean letIn(Socket client, Socket behind) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      return false;
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    Optional<Login> login = translation.apply(Login.read(in.readNBytes(length)));
    if (login.isEmpty()) {
      return false;
    }
    byte[] packet = login.get().packet();
    byte[] size = {
      (byte) packet.length, (byte) (packet.length >> 8), (byte) (packet.length >> 16), header[3]
    };
    OutputStream out = behind.getOutputStream();
    out.write(size);
    out.write(packet);
    return true;
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // As above.
    }
  }

  /** Ends every connection; whoever comes again knocks anew. */
  void disconnect() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    awaitLastGuest();
    disconnect();
    threads.shutdownNow();
  }

  /** As long as somebody listens, a connection may still be taken after the closing. */
  private void awaitLastGuest() {
    try {
      listening.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
