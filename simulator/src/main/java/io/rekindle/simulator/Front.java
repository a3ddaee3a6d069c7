package io.rekindle.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.fault.Faults;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.RequestReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The one door: reads every request, records it, lets faults have their way, and has it answered.
 */
final class Front implements AutoCloseable {
  static {
    // Otherwise every small answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final RequestReader reader;
  private final CallRecord record;
  private final Faults faults;
  private final Cloud cloud;
  private volatile Consumer<Call> witness = call -> {};
  private volatile BiConsumer<Request, Reply> listener = (request, reply) -> {};

  private Front(
      HttpServer server, RequestReader reader, CallRecord record, Faults faults, Cloud cloud) {
    this.server = server;
    this.reader = reader;
    this.record = record;
    this.faults = faults;
    this.cloud = cloud;
  }

  static Front open(int port, RequestReader reader, CallRecord record, Faults faults, Cloud cloud)
      throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Front front = new Front(HttpServer.create(here, 256), reader, record, faults, cloud);
    front.server.setExecutor(front.threads);
    front.server.createContext("/", front::handle);
    front.server.createContext(Desk.PLACE, new Desk(record, faults)::handle);
    front.server.start();
    return front;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      CallRecord.Entry entry = record.arrived(request);
      Fault fault = faults.striking(request).orElse(null);
      if (fault == null) {
        send(exchange, heard(request, carriedOut(request, entry)));
      } else {
        entry.becomes(call -> call.hitBy(fault.effect()));
        suffer(fault, request, entry, exchange);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply carriedOut(Request request, CallRecord.Entry entry) {
    Reply reply = answer(request);
    witness.accept(entry.becomes(call -> call.answered(reply.status())));
    return reply;
  }

  void tell(Consumer<Call> next) {
    witness = next;
  }

  void letHear(BiConsumer<Request, Reply> next) {
    listener = next;
  }

  private Reply heard(Request request, Reply reply) {
    listener.accept(request, reply);
    return reply;
  }

  private Reply answer(Request request) {
    try {
      return faults.answer(request, cloud);
    } catch (RuntimeException ours) {
      return new Refusal(501, "SimulatorFailed", "The simulator itself failed: " + ours)
          .to(request);
    }
  }

  /** Leaving the exchange without an answer ends the connection. */
  private void suffer(Fault fault, Request request, CallRecord.Entry entry, HttpExchange exchange)
      throws IOException, InterruptedException {
    switch (fault.effect()) {
      case REFUSED -> send(exchange, heard(request, fault.refusal(request.protocol()).to(request)));
      case SILENT -> fault.awaitEnd();
      case ANSWER_LOST -> heard(request, carriedOut(request, entry));
      case CUT -> {}
    }
  }

  private Request read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    byte[] body = exchange.getRequestBody().readAllBytes();
    return reader.read(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().putAll(reply.headers());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    boolean empty = head || reply.body().length == 0;
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
    if (!empty) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  @Override
  public void close() {
    faults.clear();
    server.stop(0);
    threads.shutdownNow();
  }
}
