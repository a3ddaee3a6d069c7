package io.rekindle.action.aws.lambda;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.MappingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * The event source mappings of a step as Lambda shows them.
 *
 * @param missing the UUIDs of those that do not exist
 */
record Mappings(
    Work<Lambda.EventSource> work,
    List<GetEventSourceMappingResponse> found,
    List<String> missing) {
  static final Duration LOOK = Duration.ofSeconds(5);

  static Mappings look(Work<Lambda.EventSource> work) {
    List<GetEventSourceMappingResponse> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : work.with().mappings()) {
      find(work, id).ifPresentOrElse(found::add, () -> missing.add(id));
    }
    return new Mappings(work, found, missing);
  }

  private static Optional<GetEventSourceMappingResponse> find(
      Work<Lambda.EventSource> work, String id) {
    try {
      return Optional.of(
          SeenFunction.lambda(work).getEventSourceMapping(request -> request.uuid(id)));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  private String it(String id) {
    return "the event source mapping %s in %s".formatted(id, work.call().region());
  }

  /** Why a person is needed; empty where none is. */
  String lacks() {
    return Stream.concat(
            missing.stream().map(id -> it(id) + " does not exist"), withState("Deleting"::equals))
        .collect(Collectors.joining("; "));
  }

  private Stream<String> withState(Predicate<String> which) {
    return found.stream()
        .filter(mapping -> which.test(mapping.state()))
        .map(mapping -> it(mapping.uuid()) + " is '" + mapping.state() + "'");
  }

  private static boolean isSteady(String state) {
    return state.equals("Enabled") || state.equals("Disabled");
  }

  /** AWS alters one only when it is through with what it did before. */
  void await() {
    String waiting = withState(state -> !isSteady(state)).collect(Collectors.joining("; "));
    if (!waiting.isEmpty()) {
      throw work.underWay(waiting, LOOK);
    }
  }

  /** What history holds: the state of each. */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    found.forEach(mapping -> states.put(mapping.uuid(), mapping.state()));
    return states;
  }

  /** Those that do not stand as they did; what is gone stays gone. */
  Map<String, MappingState> altered(Map<String, String> former) {
    Map<String, MappingState> altered = new TreeMap<>();
    Map<String, String> present = states();
    former.forEach((id, word) -> {
      if (!present.getOrDefault(id, word).equals(word)) {
        altered.put(id, state(word));
      }
    });
    return altered;
  }

  private static MappingState state(String word) {
    return word.equals("Enabled") ? MappingState.ENABLED : MappingState.DISABLED;
  }

  List<String> differing(MappingState wanted) {
    return found.stream()
        .filter(mapping -> isSteady(mapping.state()) && state(mapping.state()) != wanted)
        .map(GetEventSourceMappingResponse::uuid)
        .toList();
  }

  void set(String id, MappingState wanted) {
    SeenFunction.lambda(work)
        .updateEventSourceMapping(
            request -> request.uuid(id).enabled(wanted == MappingState.ENABLED));
  }

  String inWords() {
    return withState(state -> true).collect(Collectors.joining("; "));
  }
}
