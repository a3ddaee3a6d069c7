package io.rekindle.simulator.database;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the names of a schema and its user where a client says the ones that it knows.
 *
 * @param translation empty for who is not let in
 */
record MariaDbGreeting(Function<MariaDbLogin, Optional<MariaDbLogin>> translation)
    implements Greeting {
  @Override
  public boolean letsIn(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      return false;
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    Optional<MariaDbLogin> login = translation.apply(MariaDbLogin.read(in.readNBytes(length)));
    if (login.isEmpty()) {
      return false;
    }
    byte[] packet = login.get().packet();
    byte[] size = {
      (byte) packet.length, (byte) (packet.length >> 8), (byte) (packet.length >> 16), header[3]
    };
    OutputStream out = server.getOutputStream();
    out.write(size);
    out.write(packet);
    return true;
  }
}
