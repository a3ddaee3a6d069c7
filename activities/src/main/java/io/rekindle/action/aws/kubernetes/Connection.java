package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.rekindle.action.aws.Work;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** How the client connects. It follows nobody elsewhere, since it would take its token along. */
final class Connection extends JdkHttpClientFactory {
  private final SSLContext tls;

  private Connection(SSLContext tls) {
    this.tls = tls;
  }

  static Connection to(Way way, Work<?> work) {
    try {
      return new Connection(Tls.of(way));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
      throw work.refused(
          "a certificate or key for " + way.cluster() + " cannot be read; correct it, then retry");
    }
  }

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    builder.sslContext(tls).followRedirects(Redirect.NEVER);
  }
}
