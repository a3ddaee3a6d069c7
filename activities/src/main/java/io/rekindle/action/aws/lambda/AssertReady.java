package io.rekindle.action.aws.lambda;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is wrong is said at once: what can be repaired is repaired by several people. */
@Singleton
final class AssertReady implements LookingHandler<Lambda.AssertReady> {
  @Override
  public Class<Lambda.AssertReady> declaration() {
    return Lambda.AssertReady.class;
  }

  @Override
  public Observation observe(Work<Lambda.AssertReady> work) {
    Map<String, Optional<SeenFunction>> all = look(work);
    String lacks = lacks(work, all);
    if (!lacks.isEmpty()) {
      return new Broken(lacks);
    }
    String waiting = waiting(all);
    if (!waiting.isEmpty()) {
      throw work.underWay(waiting, SeenFunction.LOOK);
    }
    return Settled.of(new Lambda.AssertReady.Outputs(all.size()));
  }

  private static Map<String, Optional<SeenFunction>> look(Work<Lambda.AssertReady> work) {
    Map<String, Optional<SeenFunction>> all = new LinkedHashMap<>();
    work.with().functions().forEach(name -> all.put(name, SeenFunction.find(work, name)));
    return all;
  }

  private static String lacks(
      Work<Lambda.AssertReady> work, Map<String, Optional<SeenFunction>> all) {
    return all.entrySet().stream()
        .map(each ->
            each.getValue()
                .map(AssertReady::lack)
                .orElseGet(() -> Optional.of(SeenFunction.missing(work, each.getKey()))))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("; "));
  }

  private static Optional<String> lack(SeenFunction function) {
    return function
        .loss()
        .or(function::failedUpdate)
        .or(() ->
            function.isInactive()
                ? Optional.of(
                    function.it()
                        + " is 'Inactive' after weeks without work: invoke it once, which fails and"
                        + " wakes it, then retry")
                : Optional.empty());
  }

  private static String waiting(Map<String, Optional<SeenFunction>> all) {
    return all.values().stream()
        .flatMap(Optional::stream)
        .filter(function -> !function.isReady())
        .map(SeenFunction::progress)
        .collect(Collectors.joining("; "));
  }

  /** What is being made may be ready by the time it is needed, but nobody knows. */
  @Override
  public Readiness check(Work<Lambda.AssertReady> work) {
    Map<String, Optional<SeenFunction>> all = look(work);
    String lacks = lacks(work, all);
    String obstacles = lacks.isEmpty() ? waiting(all) : lacks;
    return new Readiness(
        obstacles.isEmpty(),
        obstacles.isEmpty()
            ? "all %d functions in %s can be invoked".formatted(all.size(), work.call().region())
            : obstacles,
        null);
  }
}
