package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.action.aws.net.LocalCertificate;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.plan.step.proof.Verify;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsTest extends VerifyContract<Verify.Tls> {
  private static final String NAME = "iot.example.com";
  private static final LocalCertificate GOOD = LocalCertificate.of(NAME, 90);
  private static final LocalCertificate OTHER = LocalCertificate.of("other.example.com", 90);

  /** Here a server refuses within the handshake, not after it. */
  private static final String[] EARLY_REFUSAL = {"TLSv1.2"};

  private Server server = serving(GOOD, 0, false);

  private record Server(SSLServerSocket socket, Thread serving) {
    int port() {
      return socket.getLocalPort();
    }

    /** As long as somebody waits for a connection, one may still be taken after the closing. */
    void close() throws IOException {
      socket.close();
      try {
        serving.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Server serving(LocalCertificate certificate, int port, boolean wantsOurs) {
    try {
      SSLServerSocket server =
          (SSLServerSocket)
              certificate
                  .context()
                  .getServerSocketFactory()
                  .createServerSocket(port, 5, InetAddress.getLoopbackAddress());
      server.setNeedClientAuth(wantsOurs);
      if (wantsOurs) {
        server.setEnabledProtocols(EARLY_REFUSAL);
      }
      return new Server(server, Thread.ofPlatform().daemon().start(() -> serve(server)));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void serve(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        ((SSLSocket) connection).startHandshake();
      } catch (IOException nextOne) {
        continue;
      }
    }
  }

  private void serves(LocalCertificate certificate, boolean wantsOurs) throws IOException {
    int port = server.port();
    server.close();
    server = serving(certificate, port, wantsOurs);
  }

  @AfterEach
  void anotherServer() throws IOException {
    server.close();
    server = serving(GOOD, 0, false);
  }

  @Override
  protected ActionHandler<Verify.Tls> handler() {
    return new Tls(Trust.in(GOOD.trusting()));
  }

  @Override
  protected String with() {
    return with("30d");
  }

  private String with(String validFor) {
    return "{host: '127.0.0.1', port: %d, name: '%s', validFor: '%s'}"
        .formatted(server.port(), NAME, validFor);
  }

  @Override
  protected void given() throws IOException {
    serves(GOOD, false);
  }

  @Override
  protected void notYet() throws IOException {
    serves(OTHER, false);
  }

  @Override
  protected String[] said() {
    return new String[] {
      "127.0.0.1:" + server.port(), NAME, "could not be read or is not valid: TLS failed"
    };
  }

  @Test
  void theEndOfTheCertificateIsGivenOn() throws Exception {
    X509Certificate shown = (X509Certificate) GOOD.store().getCertificate("it");
    assertThat(step().observe())
        .isEqualTo(Settled.of(new Verify.Tls.Outputs(shown.getNotAfter().toInstant())));
  }

  @Test
  void aCertificateThatEndsTooSoonDoesNotPass() {
    assertThat(failure(step(with("100d"))).getOriginalMessage())
        .contains("is valid until", "which is less than 100d");
    assertThat(step(with("100d")).check().ready()).isFalse();
  }

  @Test
  void aTrustedCertificateForAnotherNameDoesNotPass() {
    String with = "{host: '127.0.0.1', port: %d, name: 'www.example.com'}".formatted(server.port());
    assertThat(failure(step(with)).getOriginalMessage())
        .contains("TLS failed: ", "www.example.com");
  }

  @Test
  void aServerThatWantsACertificateOfOursHasShownItsOwn() throws IOException {
    serves(GOOD, true);
    assertThat(step().observe()).isInstanceOf(Settled.class);
    serves(OTHER, true);
    assertThat(failure(step()).getOriginalMessage()).contains("TLS failed");
  }

  @Test
  void whoDoesNotListenShowsNothing() throws IOException {
    server.close();
    assertThat(failure(step()).getOriginalMessage()).contains("it refused the connection");
  }
}
