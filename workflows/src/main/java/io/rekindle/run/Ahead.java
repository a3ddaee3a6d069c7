package io.rekindle.run;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.run.RunState.Outlook;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies ahead of those who decide at a gate. */
final class Ahead {
  private Ahead() {}

  static Outlook of(Step gate, StepGraph graph, Calls calls) {
    Map<String, Duration> ends = new HashMap<>();
    Duration longest = Duration.ZERO;
    for (Step step : graph.inOrder()) {
      if (graph.isBefore(gate.id(), step.id())) {
        Duration start =
            graph.needsOf(step.id()).stream()
                .map(need -> ends.getOrDefault(need, Duration.ZERO))
                .reduce(Duration.ZERO, Ahead::later);
        Duration end = start.plus(typical(step, calls));
        ends.put(step.id(), end);
        longest = later(longest, end);
      }
    }
    List<String> oneWay =
        graph.inOrder().stream()
            .filter(step -> ends.containsKey(step.id()))
            .filter(step -> step.kind().facts().undo() == Undo.ONE_WAY)
            .map(Step::id)
            .toList();
    return new Outlook(longest, oneWay);
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration typical(Step step, Calls calls) {
    Kind kind = step.kind();
    return calls
        .control(step)
        .flatMap(Control::lasts)
        .orElseGet(() ->
            Duration.ofSeconds(
                Math.round(
                    kind.settles().at(0.5)
                        + kind.changes().stream()
                            .mapToDouble(change -> change.lasts().at(0.5))
                            .sum())));
  }
}
