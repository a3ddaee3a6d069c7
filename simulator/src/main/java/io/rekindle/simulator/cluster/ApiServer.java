package io.rekindle.simulator.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The address of one cluster. In a Region that is dark it does not even shake hands. */
final class ApiServer implements AutoCloseable {
  private static final long LOOK_AGAIN = 50;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final BooleanSupplier dark;
  private final Answering answering;

  /** Who answers. */
  interface Answering {
    /**
     * Empty for an answer that is lost.
     *
     * @param authorization the header; empty when there is none
     * @param certified the name on the client's certificate; empty when it shows none
     */
    Optional<Verdict> answer(
        String method, URI at, String body, String authorization, String certified);
  }

  private ApiServer(HttpsServer server, BooleanSupplier dark, Answering answering) {
    this.server = server;
    this.dark = dark;
    this.answering = answering;
  }

  static ApiServer open(SSLContext certified, BooleanSupplier dark, Answering answering) {
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      ApiServer opened = new ApiServer(HttpsServer.create(anyPort, 0), dark, answering);
      opened.server.setHttpsConfigurator(opened.handshake(certified));
      opened.server.setExecutor(opened.threads);
      opened.server.createContext("/", opened::handle);
      opened.server.start();
      return opened;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  private HttpsConfigurator handshake(SSLContext certified) {
    return new HttpsConfigurator(certified) {
      @Override
      public void configure(HttpsParameters parameters) {
        try {
          awaitLight();
        } catch (InterruptedException closed) {
          Thread.currentThread().interrupt();
        }
        SSLParameters wanted = certified.getDefaultSSLParameters();
        wanted.setWantClientAuth(true);
        parameters.setSSLParameters(wanted);
      }
    };
  }

  private void awaitLight() throws InterruptedException {
    while (dark.getAsBoolean()) {
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** Leaving the exchange without an answer ends the connection. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      awaitLight();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Optional<Verdict> verdict =
          answering.answer(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              body,
              authorization == null ? "" : authorization,
              certified((HttpsExchange) exchange));
      if (verdict.isPresent()) {
        send(exchange, verdict.get());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Verdict verdict) throws IOException {
    byte[] text = verdict.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(verdict.status(), text.length);
    exchange.getResponseBody().write(text);
  }

  private static String certified(HttpsExchange exchange) {
    try {
      String name = exchange.getSSLSession().getPeerPrincipal().getName();
      return new LdapName(name).getRdn(0).getValue().toString();
    } catch (SSLPeerUnverifiedException none) {
      return "";
    } catch (InvalidNameException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
