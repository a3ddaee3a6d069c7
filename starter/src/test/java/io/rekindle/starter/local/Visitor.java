package io.rekindle.starter.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A user of the visitor counter, at one of its addresses. */
record Visitor(URI site) {
  /** Writes a row. */
  String visit() throws Exception {
    return answer("/");
  }

  String health() throws Exception {
    return answer("/health");
  }

  private String answer(String page) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(site.resolve(page)).build(), BodyHandlers.ofString())
          .body();
    }
  }
}
