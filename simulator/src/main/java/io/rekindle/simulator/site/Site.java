package io.rekindle.simulator.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.rekindle.simulator.site.Application.Answer;
import io.rekindle.simulator.site.Application.Front;
import io.rekindle.simulator.wire.Client;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The application's own addresses: one for the load balancer of each Region, and the public one,
 * which leads to the Region that the DNS record names.
 */
public final class Site implements AutoCloseable {
  private static final long LOOK_AGAIN = 50;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Instant>> connected = new ConcurrentHashMap<>();
  private final Map<String, Deque<Instant>> asked = new ConcurrentHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final Application application;
  private final Front home;
  private final Front away;
  private final Predicate<String> dark;
  private final SSLContext certified;
  private final Addresses primary;
  private final Addresses recovery;
  private final Addresses everybody;

  private Site(Client client, Application application, Predicate<String> dark, SSLContext certified)
      throws IOException {
    this.application = application;
    this.home = Front.of(client, application.world().primary());
    this.away = Front.of(client, application.world().recovery());
    this.dark = dark;
    this.certified = certified;
    primary = serve(() -> home);
    recovery = serve(() -> away);
    everybody = serve(this::named);
  }

  /** The same, without and with a certificate. */
  public record Addresses(URI http, URI https) {}

  /**
   * @param dark whether a Region does not answer at present
   * @param certified shows the certificate of the public name
   */
  public static Site open(
      Client client, Application application, Predicate<String> dark, SSLContext certified)
      throws IOException {
    return new Site(client, application, dark, certified);
  }

  /** The load balancer in the primary Region. */
  public Addresses primary() {
    return primary;
  }

  /** The load balancer in the recovery Region. */
  public Addresses recovery() {
    return recovery;
  }

  /** Where users go. */
  public Addresses everybody() {
    return everybody;
  }

  /** What Route 53's checkers see of the primary Region. */
  public boolean isPrimaryHealthy() {
    return !dark.test(home.region())
        && application.answer(home.client(), "/health").status() == HttpURLConnection.HTTP_OK;
  }

  /**
   * How many connections a load balancer had in the last second.
   *
   * @param balancer what metrics call it
   */
  public OptionalDouble connections(String balancer) {
    return lately(balancer, connected);
  }

  /** How many requests a target took: those that find none are not counted, as on AWS. */
  public OptionalDouble requests(String balancer) {
    return lately(balancer, asked);
  }

  private OptionalDouble lately(String balancer, Map<String, Deque<Instant>> times) {
    Instant since = Instant.now().minusSeconds(1);
    return Stream.of(home, away)
        .filter(front -> front.balancer().metric().equals(balancer))
        .map(front -> times.getOrDefault(front.region(), new ConcurrentLinkedDeque<>()))
        .mapToDouble(all -> all.stream().filter(since::isBefore).count())
        .findFirst();
  }

  private static void note(Map<String, Deque<Instant>> times, String region) {
    times.computeIfAbsent(region, any -> new ConcurrentLinkedDeque<>()).add(Instant.now());
  }

  private Addresses serve(Supplier<Front> front) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpsServer secure = HttpsServer.create(anyPort, 0);
    secure.setHttpsConfigurator(handshake(front));
    return new Addresses(
        serve("http", HttpServer.create(anyPort, 0), front), serve("https", secure, front));
  }

  private URI serve(String scheme, HttpServer server, Supplier<Front> front) {
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, front.get()));
    server.start();
    servers.add(server);
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A Region that is dark shows no certificate either. */
  private HttpsConfigurator handshake(Supplier<Front> front) {
    return new HttpsConfigurator(certified) {
      @Override
      public void configure(HttpsParameters parameters) {
        try {
          awaitLight(front.get().region());
        } catch (InterruptedException closed) {
          Thread.currentThread().interrupt();
        }
        super.configure(parameters);
      }
    };
  }

  private void awaitLight(String region) throws InterruptedException {
    while (dark.test(region)) {
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private void answer(HttpExchange exchange, Front front) throws IOException {
    try (exchange) {
      awaitLight(front.region());
      note(connected, front.region());
      Answer answer = application.answer(front.client(), exchange.getRequestURI().getPath());
      if (answer.status() != Answer.NO_TARGET) {
        note(asked, front.region());
      }
      byte[] text = (answer.text() + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), text.length);
      exchange.getResponseBody().write(text);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where the public name leads. */
  private Front named() {
    String target = application.world().zone().target(application.name());
    return target.startsWith(away.balancer().name()) ? away : home;
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
