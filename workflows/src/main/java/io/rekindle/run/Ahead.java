package io.rekindle.run;

import io.rekindle.forecast.Timetable;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.run.RunState.Outlook;
import java.util.List;
import java.util.Map;

/** What lies ahead of those who decide at a gate. */
final class Ahead {
  /** Enough for a minute or two of an hour, few enough for a workflow task. */
  private static final int PLAYS = 501;

  private Ahead() {}

  static Outlook of(Step gate, StepGraph graph, Calls calls) {
    StepGraph behind = graph.only(step -> graph.isBefore(gate.id(), step.id()));
    List<String> oneWay =
        behind.inOrder().stream()
            .filter(step -> step.kind().facts().undo() == Undo.ONE_WAY)
            .map(Step::id)
            .toList();
    return new Outlook(new Timetable(behind, calls.words(), Map.of()).typical(PLAYS), oneWay);
  }
}
