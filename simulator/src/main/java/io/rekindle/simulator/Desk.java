package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.rekindle.simulator.fault.Faults;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private record Answer(int status, Object content) {}

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
        yield new Answer(200, Map.of());
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
      return new Answer(200, Map.of());
    } catch (IllegalArgumentException wrong) {
      return new Answer(400, String.valueOf(wrong.getMessage()));
    }
  }

  private List<Map<String, Object>> calls() {
    return record.all().stream().map(Desk::json).toList();
  }

  private static Map<String, Object> json(Call call) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", call.at().toString());
    json.put("run", call.caller().run());
    json.put("step", call.caller().step());
    json.put("region", call.region());
    json.put("service", call.service());
    json.put("operation", call.operation());
    json.put("change", call.isChange());
    json.put("done", call.isDone());
    json.put("fault", call.fault() == null ? "" : call.fault().name());
    json.put("content", call.content());
    return json;
  }
}
