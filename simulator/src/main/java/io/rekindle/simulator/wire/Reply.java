package io.rekindle.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What AWS answers.
 *
 * @param headers by name in small letters, without those that belong to the connection
 */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

  public static Reply xml(String body) {
    return new Reply(
        200, Map.of("content-type", List.of("text/xml")), body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply json(String body) {
    return new Reply(
        200,
        Map.of("content-type", List.of("application/x-amz-json-1.1")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public boolean succeeded() {
    return status >= 200 && status < 300;
  }

  public Reply with(String content) {
    return new Reply(status, headers, content.getBytes(StandardCharsets.UTF_8));
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
