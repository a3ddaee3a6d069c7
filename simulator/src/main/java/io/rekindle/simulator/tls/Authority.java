package io.rekindle.simulator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Signs the certificates of what is simulated. Nobody trusts it who was not given its own, and its
 * key is gone with this process.
 */
public final class Authority {
  private static final String NAME = "authority";
  private static final String CERTIFIED = "certified";
  private static final String FILE = "keys.p12";
  private static final String PASSWORD = "changeit";
  private static final String DAYS = "90";
  private static final String KEYTOOL =
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

  /** What holds its key. */
  private final byte[] keys;

  private final String pem;

  private Authority(byte[] keys, String pem) {
    this.keys = keys;
    this.pem = pem;
  }

  /** What is done in a folder that is gone afterwards. */
  private interface Doing<T> {
    T in(Path folder) throws IOException;
  }

  public static Authority create() {
    return aside(folder -> {
      generate(folder, NAME, "Rekindle's simulated AWS", List.of("-ext", "bc:critical=ca:true"));
      String pem = keytool(folder, List.of("-exportcert", "-rfc", "-alias", NAME));
      return new Authority(Files.readAllBytes(folder.resolve(FILE)), pem);
    });
  }

  /** Its own certificate, for whoever is to trust it. */
  public String pem() {
    return pem;
  }

  /** A client and its key, both in PEM. */
  public record Identity(String certificate, String key) {}

  /** A client of that name. */
  public Identity identity(String name) {
    return aside(folder -> {
      Files.write(folder.resolve(FILE), keys);
      generate(folder, CERTIFIED, name, List.of("-signer", NAME));
      String certificate = keytool(folder, List.of("-exportcert", "-rfc", "-alias", CERTIFIED));
      return new Identity(certificate, key(Files.readAllBytes(folder.resolve(FILE))));
    });
  }

  private static String key(byte[] store) {
    try {
      byte[] key = open(store).getKey(CERTIFIED, PASSWORD.toCharArray()).getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
          .formatted(Base64.getMimeEncoder().encodeToString(key));
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** For a server of that name on this machine. Clients that it has signed are known there. */
  public SSLContext serving(String host) {
    byte[] both =
        aside(folder -> {
          Files.write(folder.resolve(FILE), keys);
          generate(
              folder,
              CERTIFIED,
              host,
              List.of("-signer", NAME, "-ext", "SAN=dns:" + host + ",ip:127.0.0.1"));
          keytool(folder, List.of("-delete", "-alias", NAME));
          return Files.readAllBytes(folder.resolve(FILE));
        });
    return context(both, pem);
  }

  private static void generate(Path folder, String alias, String name, List<String> more)
      throws IOException {
    List<String> command =
        List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-validity", DAYS);
    List<String> named = List.of("-dname", "CN=" + name);
    keytool(folder, Stream.of(command, named, more).flatMap(List::stream).toList());
  }

  private static String keytool(Path folder, List<String> arguments) throws IOException {
    Stream<String> where =
        Stream.of(
            "-storetype",
            "PKCS12",
            "-keystore",
            folder.resolve(FILE).toString(),
            "-storepass",
            PASSWORD);
    List<String> command =
        Stream.of(Stream.of(KEYTOOL), arguments.stream(), where).flatMap(part -> part).toList();
    Process keytool =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool could not " + arguments.getFirst() + ": " + said);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("keytool was interrupted", stopped);
    }
    return said;
  }

  private static <T> T aside(Doing<T> doing) {
    try {
      Path folder = Files.createTempDirectory("rekindle-authority");
      try {
        return doing.in(folder);
      } finally {
        Files.deleteIfExists(folder.resolve(FILE));
        Files.delete(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "No certificates could be made: " + failed.getMessage(), failed);
    }
  }

  private static KeyStore open(byte[] store) throws GeneralSecurityException, IOException {
    KeyStore opened = KeyStore.getInstance("PKCS12");
    opened.load(new ByteArrayInputStream(store), PASSWORD.toCharArray());
    return opened;
  }

  private static TrustManager[] trusting(String pem) throws GeneralSecurityException, IOException {
    KeyStore only = KeyStore.getInstance("PKCS12");
    only.load(null, null);
    only.setCertificateEntry(
        NAME,
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(only);
    return trust.getTrustManagers();
  }

  private static SSLContext context(byte[] both, String trusted) {
    try {
      KeyStore store = open(both);
      KeyManagerFactory certified =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      certified.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(certified.getKeyManagers(), trusting(trusted), null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
