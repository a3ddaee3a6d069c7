package io.rekindle.simulator.database;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first packet of a MySQL client, in which it names user and database.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html">
 *     HandshakeResponse41</a>
 */
@SuppressWarnings("ArrayRecordComponent")
record MariaDbLogin(byte[] head, String user, byte[] proof, String database, byte[] rest) {
  private static final int FIXED = 32;
  private static final int WITH_DATABASE = 0x8;
  private static final int LONG_PROOF = 0x200000;

  static MariaDbLogin read(byte[] packet) {
    ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    int flags = in.getInt(0);
    byte[] head = bytes(in, FIXED);
    String user = text(in);
    int start = in.position();
    int length = in.get() & 0xff;
    if ((flags & LONG_PROOF) != 0 && length == 0xfc) {
      length = in.getShort() & 0xffff;
    }
    int end = in.position() + length;
    byte[] proof = bytes(in.position(start), end - start);
    String database = (flags & WITH_DATABASE) != 0 ? text(in) : "";
    return new MariaDbLogin(head, user, proof, database, bytes(in, in.remaining()));
  }

  /** Whether it is Rekindle's, as the attributes at its end tell. */
  boolean isOfRekindle() {
    return new String(rest, StandardCharsets.UTF_8).contains("rekindle");
  }

  MariaDbLogin as(String otherUser, String otherDatabase) {
    return new MariaDbLogin(head, otherUser, proof, otherDatabase, rest);
  }

  byte[] packet() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    write(out, user);
    out.writeBytes(proof);
    if ((ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & WITH_DATABASE) != 0) {
      write(out, database);
    }
    out.writeBytes(rest);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write(0);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte next = in.get(); next != 0; next = in.get()) {
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
