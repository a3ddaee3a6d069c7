package io.rekindle.action.aws.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.plan.step.traffic.Route53.DnsName;
import io.rekindle.plan.value.WebUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class WebTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final DnsName NAME = new DnsName("orders.example.com");
  private static final LocalCertificate CERTIFICATE = LocalCertificate.of(NAME.value(), 90);

  private static Silence silence(Web web, String url, Optional<DnsName> as, Duration patience) {
    return Silence.of(
        catchThrowableOfType(IOException.class, () -> web.get(new WebUrl(url), as, patience)));
  }

  @Test
  void anotherNameIsAskedForAtTheHostOfTheUrl() throws IOException {
    try (LocalSite site = LocalSite.open()) {
      site.answers(200, "hello");
      WebAnswer answer =
          new Web(Trust.OF_JAVA)
              .get(new WebUrl(site.url() + "?deep=1"), Optional.of(NAME), PATIENCE);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("hello");
      assertThat(site.asked())
          .singleElement()
          .satisfies(asked -> assertThat(asked.path()).isEqualTo("/health?deep=1"))
          .satisfies(asked -> assertThat(asked.headers()).containsEntry("Host", NAME.value()));
    }
  }

  @Test
  void theCertificateMustBeForTheNameThatIsAskedFor() throws IOException {
    try (LocalSite site = LocalSite.open(CERTIFICATE)) {
      Web web = new Web(Trust.in(CERTIFICATE.trusting()));
      assertThat(web.get(new WebUrl(site.url()), Optional.of(NAME), PATIENCE).status())
          .isEqualTo(200);
      assertThat(site.asked().getFirst().headers()).containsEntry("Host", NAME.value());
      Silence other = silence(web, site.url(), Optional.empty(), PATIENCE);
      assertThat(other.somebodyAnswered()).isTrue();
      assertThat(other.words()).startsWith("TLS failed: ").contains("127.0.0.1");
      assertThat(silence(new Web(Trust.OF_JAVA), site.url(), Optional.of(NAME), PATIENCE).words())
          .contains("unable to find valid certification path");
    }
  }

  @Test
  void tlsNamesWhatIsAskedForSoThatOneAddressCanServeManyNames() throws Exception {
    try (ServerSocket server =
        CERTIFICATE.context().getServerSocketFactory().createServerSocket(0)) {
      CompletableFuture<List<SNIServerName>> asked =
          CompletableFuture.supplyAsync(() -> namesAskedOf(server));
      String url = "https://127.0.0.1:" + server.getLocalPort();
      assertThat(
              new Web(Trust.in(CERTIFICATE.trusting()))
                  .get(new WebUrl(url), Optional.of(NAME), PATIENCE)
                  .status())
          .isEqualTo(204);
      assertThat(asked.get(5, TimeUnit.SECONDS)).containsExactly(new SNIHostName(NAME.value()));
    }
  }

  private static List<SNIServerName> namesAskedOf(ServerSocket server) {
    try (SSLSocket connection = (SSLSocket) server.accept()) {
      connection.startHandshake();
      byte[] answer = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      connection.getOutputStream().write(answer);
      return ((ExtendedSSLSession) connection.getSession()).getRequestedServerNames();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void redirectsAreNotFollowed() throws IOException {
    try (LocalSite site = LocalSite.open()) {
      site.answers(301, "");
      assertThat(
              new Web(Trust.OF_JAVA)
                  .get(new WebUrl(site.url()), Optional.empty(), PATIENCE)
                  .status())
          .isEqualTo(301);
      assertThat(site.asked()).hasSize(1);
    }
  }

  @Test
  void aServerThatSaysNothingOrTooLittleIsCutOff() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread dribbling = Thread.ofVirtual().start(() -> dribble(mute));
      long start = System.nanoTime();
      Silence silence =
          silence(
              new Web(Trust.OF_JAVA),
              "http://127.0.0.1:" + mute.getLocalPort(),
              Optional.empty(),
              Duration.ofMillis(700));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(silence).isEqualTo(new Silence(false, "it did not answer in time"));
      dribbling.interrupt();
    }
  }

  private static void dribble(ServerSocket mute) {
    try (var connection = mute.accept()) {
      for (byte each :
          "HTTP/1.1 200 OK\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaa"
              .getBytes(StandardCharsets.US_ASCII)) {
        connection.getOutputStream().write(each);
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException over) {
      return;
    }
  }

  @Test
  void aRefusedConnectionIsAnAnswerAndAnUnknownNameIsNone() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(
            silence(new Web(Trust.OF_JAVA), "http://127.0.0.1:" + free, Optional.empty(), PATIENCE))
        .isEqualTo(new Silence(true, "it refused the connection"));
    assertThat(
            silence(new Web(Trust.OF_JAVA), "http://no.such.invalid", Optional.empty(), PATIENCE))
        .isEqualTo(new Silence(false, "its name has no address"));
  }
}
