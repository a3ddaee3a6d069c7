package io.rekindle.simulator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rekindle.simulator.tls.Authority;
import java.util.Base64;

/** Kubeconfigs as kubectl writes them, each with one context, {@code it}. */
record KubeconfigText(Cluster cluster) {
  String withToken(String token) {
    return of("    token: " + token + "\n");
  }

  String withCertificate(Authority.Identity identity) {
    return of(
        "    client-certificate-data: %s\n    client-key-data: %s\n"
            .formatted(encoded(identity.certificate()), encoded(identity.key())));
  }

  private String of(String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: it
    contexts:
    - name: it
      context:
        cluster: there
        user: rekindle
    clusters:
    - name: there
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: rekindle
      user:
    %s\
    """
        .formatted(cluster.address(), encoded(cluster.authority()), user);
  }

  private static String encoded(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }
}
