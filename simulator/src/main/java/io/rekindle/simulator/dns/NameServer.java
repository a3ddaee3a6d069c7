package io.rekindle.simulator.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Answers over UDP for all of Route 53's name servers, and for the resolvers of users. */
public final class NameServer implements AutoCloseable {
  private static final int LONGEST_QUERY = 4096;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DatagramSocket socket;
  private final Zones zones;
  private volatile Silence silence = Silence.NOBODY;

  /** Who does not answer, as behind a closed port 53. */
  public enum Silence {
    NOBODY,
    /** Who asks them gets no answer; the resolver of users still asks them. */
    AUTHORITIES,
    EVERYBODY
  }

  private NameServer(DatagramSocket socket, Zones zones) {
    this.socket = socket;
    this.zones = zones;
  }

  /**
   * @param port 0 for any free one
   */
  public static NameServer open(Zones zones, int port) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    NameServer server = new NameServer(new DatagramSocket(here), zones);
    server.threads.execute(server::serve);
    return server;
  }

  /** From now on these drop every question. */
  public void fallSilent(Silence those) {
    silence = those;
  }

  private boolean isDropped(Message query) {
    return switch (silence) {
      case NOBODY -> false;
      case AUTHORITIES -> !query.getHeader().getFlag(Flags.RD);
      case EVERYBODY -> true;
    };
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  private void serve() {
    try {
      while (!socket.isClosed()) {
        DatagramPacket query = new DatagramPacket(new byte[LONGEST_QUERY], LONGEST_QUERY);
        socket.receive(query);
        threads.execute(() -> answer(query));
      }
    } catch (IOException closed) {
      socket.close();
    }
  }

  private void answer(DatagramPacket query) {
    try {
      Message question = new Message(Arrays.copyOf(query.getData(), query.getLength()));
      if (isDropped(question)) {
        return;
      }
      byte[] reply = answer(question).toWire();
      socket.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
    } catch (IOException unreadableOrClosed) {
      return;
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.AA);
    reply.addRecord(question, Section.QUESTION);
    try {
      Optional<List<Record>> found = zones.answer(question.getName(), question.getType());
      found.orElseGet(List::of).forEach(record -> reply.addRecord(record, Section.ANSWER));
      reply.getHeader().setRcode(found.isPresent() ? Rcode.NOERROR : Rcode.NXDOMAIN);
    } catch (IllegalStateException | UncheckedIOException refused) {
      reply.getHeader().setRcode(Rcode.SERVFAIL);
    }
    return reply;
  }

  @Override
  public void close() {
    socket.close();
    threads.shutdownNow();
  }
}
