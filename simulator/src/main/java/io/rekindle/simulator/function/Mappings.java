package io.rekindle.simulator.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Event source mappings of queues: each changes in its own time, and is read as long as it may be.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html">
 *     UpdateEventSourceMapping</a>
 */
final class Mappings implements Fake, AutoCloseable {
  private static final String CREATE = "CreateEventSourceMapping";
  private static final String UPDATE = "UpdateEventSourceMapping";
  private final Map<String, Mapping> all = new ConcurrentHashMap<>();
  private final Functions functions;
  private final Tempo tempo;
  private final Poller poller;

  Mappings(Functions functions, Tempo tempo) {
    this.functions = functions;
    this.tempo = tempo;
    poller = new Poller(functions);
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("lambda")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case CREATE -> created(request, next);
      case "GetEventSourceMapping" -> shown(request);
      case UPDATE -> updated(request);
      default -> next.answer(request);
    };
  }

  private Reply created(Request request, Cloud next) {
    JsonNode asked = Json.parse(request.text());
    String name = asked.path("FunctionName").asText();
    Key function = Key.of(request, name.substring(name.lastIndexOf(':') + 1));
    if (functions.find(function).isEmpty()) {
      return FunctionApi.refused(
          request, 404, "ResourceNotFoundException", "Function not found: " + function.arn());
    }
    Mapping made =
        new Mapping(
            UUID.randomUUID().toString(),
            function,
            asked.path("EventSourceArn").asText(),
            asked.path("BatchSize").asInt(10),
            asked.path("Enabled").asBoolean(true),
            "Creating",
            tempo.end(CREATE, Lambda.EventSource.class, "set"));
    all.put(made.id(), made);
    poller.start(() -> all.values().stream().filter(each -> each.reads(tempo.now())), next);
    return FunctionApi.answer(202, made.shown(tempo.now()));
  }

  private static String id(Request request) {
    return request.path().split("/", -1)[3];
  }

  private Reply shown(Request request) {
    Mapping mapping = all.get(id(request));
    return mapping == null ? missing(request) : FunctionApi.answer(200, shown(mapping));
  }

  private JsonNode shown(Mapping mapping) {
    String told = tempo.end(CREATE);
    return told.isEmpty()
        ? mapping.shown(tempo.now())
        : mapping.shown(tempo.now()).put("State", told);
  }

  private static Reply missing(Request request) {
    return FunctionApi.refused(
        request, 404, "ResourceNotFoundException", "The resource you requested does not exist.");
  }

  private synchronized Reply updated(Request request) {
    Mapping mapping = all.get(id(request));
    if (mapping == null) {
      return missing(request);
    }
    Instant now = tempo.now();
    if (mapping.isUnderWay(now)) {
      return FunctionApi.refused(
          request,
          400,
          "ResourceInUseException",
          "Cannot update the event source mapping because it is in use.");
    }
    boolean wanted = Json.parse(request.text()).path("Enabled").asBoolean(mapping.enabled());
    Mapping next = mapping.becoming(wanted, tempo.end(UPDATE, Lambda.EventSource.class, "set"));
    all.put(next.id(), next);
    return FunctionApi.answer(202, next.shown(now));
  }

  @Override
  public void forget() {
    all.clear();
  }

  @Override
  public void close() {
    poller.close();
  }
}
