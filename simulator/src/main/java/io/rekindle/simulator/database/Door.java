package io.rekindle.simulator.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The port of one database: leads to the server that has its rows. */
final class Door implements AutoCloseable {
  private static final long LOOK_AGAIN = 50_000_000;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
  private final Thread listening = Thread.ofVirtual().unstarted(this::listen);
  private final ServerSocket listener;
  private final IntSupplier server;
  private final Greeting greeting;
  private final BooleanSupplier silent;

  private Door(
      ServerSocket listener, IntSupplier server, Greeting greeting, BooleanSupplier silent) {
    this.listener = listener;
    this.server = server;
    this.greeting = greeting;
    this.silent = silent;
  }

  /**
   * @param port 0 for any free one
   * @param server the port behind it
   * @param silent whether nobody who knocks gets an answer at present
   */
  static Door open(int port, IntSupplier server, Greeting greeting, BooleanSupplier silent)
      throws IOException {
    ServerSocket listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Door door = new Door(listener, server, greeting, silent);
    door.listening.start();
    return door;
  }

  int port() {
    return listener.getLocalPort();
  }

  boolean isClosed() {
    return listener.isClosed();
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
      try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt())) {
        open.add(client);
        open.add(behind);
        threads.execute(() -> pass(behind, client));
        if (greeting.letsIn(client, behind)) {
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
