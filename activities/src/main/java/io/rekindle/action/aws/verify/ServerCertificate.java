package io.rekindle.action.aws.verify;

import io.rekindle.action.aws.net.Port;
import io.rekindle.action.aws.net.Trust;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The certificate that a server shows for a name, once it was found to be good. */
final class ServerCertificate {
  private ServerCertificate() {}

  /**
   * A server that also wants a certificate of ours ends the handshake without one, after it has
   * shown its own: that is enough.
   *
   * @throws IOException when it is not trusted or not for the name, or there is none
   */
  static X509Certificate of(Port port, String name, Trust trust, Duration patience)
      throws IOException {
    CertificateNote note = new CertificateNote(trust.judge());
    try (Socket connection = port.open(patience);
        SSLSocket secure =
            (SSLSocket)
                new Trust(note)
                    .context()
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

  private static SSLParameters parameters(SSLParameters parameters, String name) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (name.matches(".*[a-zA-Z].*") && !name.contains(":")) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    return parameters;
  }
}
