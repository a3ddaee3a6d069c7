package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.rekindle.simulator.fault.Faults;
import java.io.IOException;
import java.util.List;

/**
 * Where other processes ask the simulator itself, beside AWS's services: what was called, and which
 * faults shall be. No AWS service has paths that begin so.
 */
final class Desk {
  static final String PLACE = "/_simulator/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CallRecord record;
  private final Faults faults;

  Desk(CallRecord record, Faults faults) {
    this.record = record;
    this.faults = faults;
  }

  private record Answer(int status, Object content) {
    private static final Answer DONE = new Answer(200, JSON.createObjectNode());
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] text = JSON.writeValueAsBytes(answer.content());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (asked) {
      case "GET " + PLACE + "calls" -> new Answer(200, calls());
      case "POST " + PLACE + "faults" -> begin(exchange);
      case "DELETE " + PLACE + "faults" -> {
        faults.clear();
        yield Answer.DONE;
      }
      default ->
          new Answer(
              404,
              "GET %1$scalls, POST %1$sfaults and DELETE %1$sfaults are known.".formatted(PLACE));
    };
  }

  private Answer begin(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    try {
      Scenario.read(text).begin(faults);
      return Answer.DONE;
    } catch (IllegalArgumentException wrong) {
      return new Answer(400, String.valueOf(wrong.getMessage()));
    }
  }

  private List<Told> calls() {
    return record.all().stream().map(Told::of).toList();
  }

  /** A call, as JSON tells it. */
  private record Told(
      String at,
      String run,
      String step,
      String region,
      String service,
      String operation,
      boolean change,
      boolean done,
      String fault,
      String content) {
    private static Told of(Call call) {
      return new Told(
          call.at().toString(),
          call.caller().run(),
          call.caller().step(),
          call.region(),
          call.service(),
          call.operation(),
          call.isChange(),
          call.isDone(),
          call.fault() == null ? "" : call.fault().name(),
          call.content());
    }
  }
}
