package io.rekindle.action.aws.verify;

import io.rekindle.action.aws.net.Port;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate that a server shows for a name, once it was found to be good. */
final class ServerCertificate {
  private ServerCertificate() {}

  /**
   * A server that also wants a certificate of ours ends the handshake without one, after it has
   * shown its own: that is enough.
   *
   * @throws IOException when it is not trusted or not for the name, or there is none
   */
  static X509Certificate of(
      Port port, String name, X509ExtendedTrustManager trust, Duration patience)
      throws IOException {
    CertificateNote note = new CertificateNote(trust);
    try (Socket connection = port.open(patience);
        SSLSocket secure =
            (SSLSocket)
                context(note)
                    .getSocketFactory()
                    .createSocket(connection, name, port.number(), true)) {
      secure.setSSLParameters(parameters(secure.getSSLParameters(), name));
      secure.startHandshake();
    } catch (IOException ended) {
      if (note.accepted().isEmpty()) {
        throw ended;
      }
    }
    return note.accepted().orElseThrow(() -> new SSLException("no certificate was shown"));
  }

  private static SSLContext context(TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static SSLParameters parameters(SSLParameters parameters, String name) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (name.matches(".*[a-zA-Z].*") && !name.contains(":")) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    return parameters;
  }
}
