package io.rekindle.action.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An emulator of AWS for one test JVM, empty before every test. All clients of the SDK find it by
 * the settings that the SDK itself reads.
 */
final class Emulator implements BeforeEachCallback {
  /** It ends when its standard input does: with this JVM, however that ends. */
  private static final String SERVER =
      """
      import os, sys
      from moto.moto_server.threaded_moto_server import ThreadedMotoServer
      server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
      server.start()
      print(server.get_host_and_port()[1], flush=True)
      sys.stdin.buffer.read()
      os._exit(0)
      """;

  private static final URI ADDRESS = start();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static URI start() {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", SERVER)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String port = process.inputReader().readLine();
      if (port == null) {
        throw new IllegalStateException(
            "No moto: install it with pip install 'moto[server]==5.2.1'.");
      }
      URI address = URI.create("http://127.0.0.1:" + port);
      System.setProperty("aws.endpointUrl", address.toString());
      System.setProperty("aws.accessKeyId", "test");
      System.setProperty("aws.secretAccessKey", "test");
      return address;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static URI address() {
    return ADDRESS;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException, InterruptedException {
    HTTP.send(
        HttpRequest.newBuilder(ADDRESS.resolve("/moto-api/reset"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.discarding());
    WireTap.reset();
  }
}
