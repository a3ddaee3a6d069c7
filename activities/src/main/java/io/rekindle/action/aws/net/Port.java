package io.rekindle.action.aws.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** A port of a host, which is open when somebody takes the connection. */
public record Port(String host, int number) {

  /**
   * Opens a connection and leaves it open.
   *
   * @throws IOException when there is none; {@link Silence} has words for it
   */
  public Socket open(Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(located(), (int) patience.toMillis());
      socket.setSoTimeout((int) patience.toMillis());
      return socket;
    } catch (IOException closed) {
      socket.close();
      throw closed;
    }
  }

  private InetSocketAddress located() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), number);
  }

  @Override
  public String toString() {
    return host + ":" + number;
  }
}
