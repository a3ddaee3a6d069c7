package io.rekindle.starter.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports of this machine. */
final class Ports {
  private static final int FIRST = 20_000;

  /** From here on systems give ports away for connections: one that is free now may not stay so. */
  private static final int END = 32_000;

  private static int next = ThreadLocalRandom.current().nextInt(FIRST, END);

  private Ports() {}

  /** One that is still free when somebody comes to use it: the same is not given away twice. */
  static synchronized int free() {
    return IntStream.range(FIRST, END)
        .map(any -> following())
        .filter(Ports::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No port is free."));
  }

  private static int following() {
    next = next + 1 < END ? next + 1 : FIRST;
    return next;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
