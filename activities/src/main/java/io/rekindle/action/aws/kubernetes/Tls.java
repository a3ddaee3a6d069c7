package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.rekindle.action.aws.net.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The TLS of a way: who is trusted there, and what certificate is shown. */
final class Tls {
  private Tls() {}

  /**
   * Whoever signed for the cluster is trusted, and nobody else; the client's own way would trust
   * all whom Java trusts besides.
   *
   * @throws GeneralSecurityException when a certificate or key is none
   */
  static SSLContext of(Way way) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown(way.as()), new TrustManager[] {trust(way.authority()).judge()}, null);
    return context;
  }

  private static Trust trust(String authority) throws GeneralSecurityException, IOException {
    if (authority.isEmpty()) {
      return Trust.OF_JAVA;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate each : certificates(authority)) {
      store.setCertificateEntry(String.valueOf(number++), each);
    }
    return Trust.in(store);
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Base64.getMimeDecoder().decode(pem)));
  }

  private static KeyManager @Nullable [] shown(Way.Credential as)
      throws GeneralSecurityException, IOException {
    return switch (as) {
      case Way.Token token -> null;
      case Way.Certificate it ->
          SSLUtils.keyManagers(
              it.certificate(), null, it.key(), null, algorithm(it), "changeit", null, null);
    };
  }

  /** The key is of the sort that the certificate holds. */
  private static String algorithm(Way.Certificate it) throws GeneralSecurityException {
    return certificates(it.certificate()).iterator().next().getPublicKey().getAlgorithm();
  }
}
