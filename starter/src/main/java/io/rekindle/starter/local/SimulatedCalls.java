package io.rekindle.starter.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the simulated AWS was asked, in its own words. */
public record SimulatedCalls(List<Call> all) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * One call.
   *
   * @param at when, as ISO 8601 writes it
   * @param change whether it is there to alter something
   * @param done whether the simulated AWS did it
   * @param content a digest of all that was asked
   */
  public record Call(
      String at,
      String step,
      String region,
      String service,
      String operation,
      boolean change,
      boolean done,
      String content) {
    public Instant time() {
      return Instant.parse(at);
    }
  }

  /** What repeating would double: the same call again, for the same step. */
  private record Change(String step, String region, String operation, String content) {
    private static Change of(Call call) {
      return new Change(call.step(), call.region(), call.operation(), call.content());
    }
  }

  public static SimulatedCalls at(URI simulator) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(simulator.resolve("/_simulator/calls")).build();
      return new SimulatedCalls(
          JSON.readValue(
              http.send(request, BodyHandlers.ofString()).body(), new TypeReference<>() {}));
    } catch (IOException failed) {
      throw new StackFailure("The simulated AWS does not say what it did: " + failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.");
    }
  }

  /** Calls of steps that altered something; messages are told apart by who sends them. */
  public List<Call> changes() {
    return all.stream()
        .filter(call -> call.change() && call.done() && !call.step().isEmpty())
        .filter(call -> !call.service().equals("sns"))
        .toList();
  }

  public long repeatedChanges() {
    Map<Change, Long> counts =
        changes().stream()
            .map(Change::of)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.values().stream().mapToLong(count -> count - 1).sum();
  }
}
