package io.rekindle.action.aws.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's own authority is trusted besides those of everybody. */
class TrustTest {
  private static final LocalCertificate OURS = LocalCertificate.of("inside.example.com", 30);

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("trusted.pem"), text);
  }

  private static X509Certificate certificate() throws GeneralSecurityException {
    return (X509Certificate) OURS.store().getCertificate("it");
  }

  private static String pem() throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate().getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static void judge(Trust trust) throws GeneralSecurityException {
    trust.judge().checkServerTrusted(new X509Certificate[] {certificate()}, "ECDHE_ECDSA");
  }

  @Test
  void whoStandsInTheFileIsTrustedBesidesThoseOfJava() throws Exception {
    assertThatThrownBy(() -> judge(Trust.OF_JAVA)).isInstanceOf(CertificateException.class);
    Trust trust = Trust.ofJavaAnd(file(pem()));
    judge(trust);
    assertThat(trust.judge().getAcceptedIssuers())
        .contains(Trust.OF_JAVA.judge().getAcceptedIssuers())
        .contains(certificate());
  }

  @Test
  void aFileWithoutCertificatesIsRefused() {
    assertThatThrownBy(() -> Trust.ofJavaAnd(file("")))
        .hasMessageEndingWith("trusted.pem' cannot be read as certificates in PEM: there is none");
    assertThatThrownBy(() -> Trust.ofJavaAnd(folder.resolve("none.pem")))
        .hasMessageContaining("none.pem' cannot be read as certificates in PEM");
  }
}
