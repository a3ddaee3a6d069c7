package io.rekindle.simulator.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads queues for functions. What a function has done with a message is taken away; where it
 * failed, the message comes back after the queue's visibility timeout.
 */
final class Poller implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;
  private static final String TARGET = "AmazonSQS";
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("pollers of queues").unstarted(task));
  private final AtomicBoolean started = new AtomicBoolean();
  private final Functions functions;

  Poller(Functions functions) {
    this.functions = functions;
  }

  /** Reads from now on what is to be read at the time. */
  void start(Supplier<Stream<Mapping>> reading, Cloud cloud) {
    if (!started.getAndSet(true)) {
      clock.scheduleWithFixedDelay(
          () -> reading.get().forEach(mapping -> read(mapping, cloud)),
          0,
          PAUSE_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  /** A function that may not run is not given anything. */
  private void read(Mapping mapping, Cloud cloud) {
    functions
        .find(mapping.function())
        .filter(function -> function.state().equals("Active"))
        .filter(function -> function.reserved().filter(count -> count == 0).isEmpty())
        .ifPresent(function -> deliver(mapping, function, cloud));
  }

  private void deliver(Mapping mapping, Function function, Cloud cloud) {
    Key key = mapping.function();
    Client client = Client.of(cloud, key.account(), key.region());
    String queue = "http://sqs/" + key.account() + "/" + mapping.queue();
    Reply reply =
        client.jsonReply(
            "sqs",
            TARGET,
            "ReceiveMessage",
            Map.of("QueueUrl", queue, "MaxNumberOfMessages", mapping.batch()));
    JsonNode messages =
        reply.succeeded()
            ? Json.parse(reply.text()).path("Messages")
            : JsonNodeFactory.instance.arrayNode();
    if (messages.isEmpty()) {
      return;
    }
    String event = Json.print(event(messages, mapping.source()));
    if (!functions.run(function, Function.LATEST, event).failed()) {
      messages.forEach(message ->
          client.jsonReply(
              "sqs",
              TARGET,
              "DeleteMessage",
              Map.of("QueueUrl", queue, "ReceiptHandle", message.path("ReceiptHandle").asText())));
    }
  }

  private static ObjectNode event(JsonNode messages, String source) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    messages.forEach(message ->
        records
            .addObject()
            .put("messageId", message.path("MessageId").asText())
            .put("body", message.path("Body").asText())
            .put("eventSource", "aws:sqs")
            .put("eventSourceARN", source));
    return event;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
