package io.rekindle.action.aws.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A web server on this machine that answers what it is told to, and remembers what it was asked.
 */
public final class LocalSite implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final List<Asked> asked = new ArrayList<>();
  private final Deque<Integer> next = new ArrayDeque<>();
  private int status = 200;
  private String body = "";

  /**
   * @param headers by name in small letters
   */
  public record Asked(String path, Map<String, String> headers, String body) {}

  private LocalSite(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::answer);
    server.start();
  }

  public static LocalSite open() {
    try {
      return new LocalSite(HttpServer.create(here(), 0), "http");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static LocalSite open(LocalCertificate certificate) {
    try {
      HttpsServer server = HttpsServer.create(here(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
      return new LocalSite(server, "https");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "%s://127.0.0.1:%d/health".formatted(scheme, port());
  }

  public synchronized void answers(int always, String with) {
    status = always;
    body = with;
    next.clear();
  }

  /** First these, one by one. */
  public synchronized void answersFirst(Integer... statuses) {
    next.addAll(List.of(statuses));
  }

  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      asked.add(
          new Asked(
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      byte[] text = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.sendResponseHeaders(next.isEmpty() ? status : next.pop(), text.length + 1L);
      exchange.getResponseBody().write(text);
      exchange.getResponseBody().write('\n');
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
