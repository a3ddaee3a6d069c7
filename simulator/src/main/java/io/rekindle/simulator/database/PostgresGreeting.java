package io.rekindle.simulator.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * What a PostgreSQL client says first: whether it would like encryption, which is declined, and
 * then who it is.
 *
 * @param closed whether nobody but Rekindle is let in at present
 * @see <a href="https://www.postgresql.org/docs/16/protocol-message-formats.html">StartupMessage,
 *     SSLRequest, GSSENCRequest, CancelRequest</a>
 */
record PostgresGreeting(BooleanSupplier closed) implements Greeting {
  private static final int CANCEL = 80877102;
  private static final int TLS = 80877103;
  private static final int KERBEROS = 80877104;
  private static final int HEAD = 8;
  private static final int LONGEST = 10_000;

  @Override
  public boolean letsIn(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int length = in.readInt();
    int code = in.readInt();
    while (code == TLS || code == KERBEROS) {
      client.getOutputStream().write('N');
      length = in.readInt();
      code = in.readInt();
    }
    if (length < HEAD || length > LONGEST) {
      return false;
    }
    byte[] rest = in.readNBytes(length - HEAD);
    boolean known = code == CANCEL || isOfRekindle(rest) || !closed.getAsBoolean();
    if (known) {
      pass(length, code, rest, server);
    }
    return known && code != CANCEL;
  }

  /** Whether it is Rekindle's, as the name that it gives the application tells. */
  private static boolean isOfRekindle(byte[] parameters) {
    return new String(parameters, StandardCharsets.UTF_8).contains("application_name\0rekindle\0");
  }

  private static void pass(int length, int code, byte[] rest, Socket server) throws IOException {
    DataOutputStream out = new DataOutputStream(server.getOutputStream());
    out.writeInt(length);
    out.writeInt(code);
    out.write(rest);
    out.flush();
  }
}
