package io.rekindle.action.aws.net;

import io.rekindle.plan.step.traffic.Route53.DnsName;
import io.rekindle.plan.value.WebUrl;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;

/**
 * Asks web servers: once, over a connection of its own, without following redirects or remembering
 * anything.
 */
@Singleton
public final class Web {
  private static final int LONGEST_BODY = 1 << 20;
  private final SSLContext trusting;

  public Web(Trust trust) {
    this.trusting = trust.context();
  }

  /**
   * @param as the name to ask for instead of the URL's own: in the request, in TLS and on the
   *     certificate
   * @throws IOException when there is no answer; {@link Silence} has words for it
   */
  public WebAnswer get(WebUrl url, Optional<DnsName> as, Duration patience) throws IOException {
    URI own = URI.create(url.value());
    HttpGet request = new HttpGet(own);
    if (as.isPresent()) {
      String name = as.get().value().replaceFirst("\\.$", "");
      request.setURI(named(own, name));
      request.setHeader(HttpHeaders.HOST, name);
    }
    return send(request, url.host(), patience);
  }

  /**
   * @throws IOException when there is no answer; {@link Silence} has words for it
   */
  public WebAnswer post(WebUrl url, Map<String, String> headers, String json, Duration patience)
      throws IOException {
    HttpPost request = new HttpPost(URI.create(url.value()));
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return send(request, url.host(), patience);
  }

  private static URI named(URI own, String name) {
    String port = own.getPort() < 0 ? "" : ":" + own.getPort();
    String path = own.getRawPath() == null ? "" : own.getRawPath();
    String query = own.getRawQuery() == null ? "" : "?" + own.getRawQuery();
    return URI.create(own.getScheme() + "://" + name + port + path + query);
  }

  /** The limits of the client hold for each of its waits; the whole is cut off apart. */
  private WebAnswer send(HttpRequestBase request, String host, Duration patience)
      throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> cutOff =
        CompletableFuture.runAsync(
            () -> {
              over.set(true);
              request.abort();
            },
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    long start = System.nanoTime();
    try (CloseableHttpClient client = client(host, patience);
        CloseableHttpResponse response = client.execute(request)) {
      return new WebAnswer(
          response.getStatusLine().getStatusCode(),
          body(response.getEntity()),
          Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException failure) {
      throw over.get() ? new SocketTimeoutException("cut off") : failure;
    } finally {
      cutOff.cancel(false);
    }
  }

  private static String body(HttpEntity entity) throws IOException {
    return entity == null
        ? ""
        : new String(entity.getContent().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
  }

  private CloseableHttpClient client(String host, Duration patience) {
    int limit = (int) patience.toMillis();
    return HttpClientBuilder.create()
        .setConnectionManager(connections(host))
        .setDefaultRequestConfig(
            RequestConfig.custom().setConnectTimeout(limit).setSocketTimeout(limit).build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("rekindle")
        .build();
  }

  /** Whatever name is asked for, the connection goes to the host of the URL. */
  private HttpClientConnectionManager connections(String host) {
    Registry<ConnectionSocketFactory> schemes =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", PlainConnectionSocketFactory.getSocketFactory())
            .register("https", new SSLConnectionSocketFactory(trusting))
            .build();
    return new BasicHttpClientConnectionManager(
        schemes, null, null, anyName -> InetAddress.getAllByName(host));
  }
}
