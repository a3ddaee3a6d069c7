package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds requests and their answers against AWS's own models of its services: members that are not
 * there or are missing, words that are none, values of another type, errors that are not declared.
 */
public final class WireContract {
  /** What the simulator refuses because it does not know it. */
  private static final int NOT_SIMULATED = 501;

  private static final Map<String, String> EXCUSED =
      Resources.lines(WireContract.class, "excused.txt").stream()
          .map(line -> line.split(" -- ", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

  private final ServiceModels models;

  /**
   * @param models the folder of models that botocore ships
   */
  public WireContract(Path models) {
    this.models = new ServiceModels(models);
  }

  /** All differences that are excused. */
  public static Set<String> excuses() {
    return EXCUSED.keySet();
  }

  static boolean isExcused(String difference) {
    return EXCUSED.containsKey(difference);
  }

  /** Where they differ, as sentences; the same difference is always the same sentence. */
  List<String> differences(Request request, Reply reply) {
    if (reply.status() == NOT_SIMULATED || request.service().isEmpty()) {
      return List.of();
    }
    String name = request.service() + " " + request.operation() + " ";
    return models
        .of(request.service())
        .flatMap(service -> service.operation(request.operation()))
        .map(operation ->
            Stream.concat(
                    Asked.differences(request, operation).stream(),
                    Answered.differences(request.protocol(), reply, operation).stream())
                .distinct()
                .map(difference -> name + difference + ".")
                .toList())
        .orElseGet(() -> List.of(name + "is no operation that a model knows."));
  }
}
