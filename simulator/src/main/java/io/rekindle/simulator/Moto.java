package io.rekindle.simulator;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The emulator: moto's server as a child process that ends with this one, however that ends. */
final class Moto implements Cloud, AutoCloseable {
  private static final String SERVER = Resources.text(Moto.class, "moto.py");

  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "host",
          "expect",
          "upgrade",
          "transfer-encoding",
          "date",
          "server");
  private final Process process;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Moto(Process process, int port) {
    this.process = process;
    address = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * @throws SimulatorUnavailable when there is no Python 3 to run it
   */
  static Moto start() throws IOException {
    Optional<Moto> found = runBy(Python.SYSTEM).or(() -> runBy(Python.own()));
    if (found.isPresent()) {
      return found.get();
    }
    return runBy(Python.installed())
        .orElseThrow(() -> new IOException("moto's server ended before it listened."));
  }

  /** Empty when that Python does not have it. */
  private static Optional<Moto> runBy(Path python) {
    ProcessBuilder builder = new ProcessBuilder(python.toString(), "-c", SERVER, Python.MOTO);
    builder.environment().put("MOTO_ACM_VALIDATION_WAIT", "1");
    // They are many, they are read anew after every reset, and no known call asks for one.
    builder.environment().put("MOTO_EC2_LOAD_DEFAULT_AMIS", "false");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String port = process.inputReader().readLine();
      return port == null
          ? Optional.empty()
          : Optional.of(new Moto(process, Integer.parseInt(port)));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  @Override
  public Reply answer(Request request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    HttpRequest.Builder to =
        HttpRequest.newBuilder(URI.create(address + request.path() + query))
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    passedOn(request.headers())
        .forEach((name, values) -> values.forEach(value -> to.header(name, value)));
    to.header("x-moto-account-id", request.caller().account());
    HttpResponse<byte[]> answer = send(to.build());
    return new Reply(answer.statusCode(), passedOn(answer.headers().map()), answer.body());
  }

  /** Forgets everything, in all accounts. */
  void reset() {
    send(
        HttpRequest.newBuilder(address.resolve("/moto-api/reset"))
            .POST(BodyPublishers.noBody())
            .build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while the emulator was asked.", stopped);
    }
  }

  private static Map<String, List<String>> passedOn(Map<String, List<String>> headers) {
    Map<String, List<String>> left = new TreeMap<>(headers);
    left.keySet().removeAll(OF_THE_CONNECTION);
    return left;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    http.shutdownNow();
  }
}
