package io.rekindle.action.aws.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Who vouches for certificates. */
public record Trust(X509ExtendedTrustManager judge) {
  /** Whom Java trusts. */
  public static final Trust OF_JAVA = new Trust(judge(null));

  /** Whom Java trusts, and whoever stands in a file of certificates in PEM. */
  public static Trust ofJavaAnd(Path file) {
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      List<Certificate> trusted =
          Stream.concat(Stream.of(OF_JAVA.judge().getAcceptedIssuers()), read(file).stream())
              .toList();
      for (int i = 0; i < trusted.size(); i++) {
        all.setCertificateEntry(String.valueOf(i), trusted.get(i));
      }
      return in(all);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(
          "'%s' cannot be read as certificates in PEM: %s".formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream text = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(text);
      if (found.isEmpty()) {
        throw new IOException("there is none");
      }
      return found;
    }
  }

  public static Trust in(KeyStore store) {
    return new Trust(judge(store));
  }

  /**
   * @param store null for Java's own
   */
  private static X509ExtendedTrustManager judge(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** For connections to whom it trusts. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {judge}, null);
      return context;
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
