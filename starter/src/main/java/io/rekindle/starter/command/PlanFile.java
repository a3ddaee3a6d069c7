package io.rekindle.starter.command;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.PlanReader.Reading;
import io.rekindle.starter.BadInput;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A plan that a command needs whole. */
final class PlanFile {
  private PlanFile() {}

  /** Throws {@link BadInput} with every problem when the plan has any. */
  static Plan read(Path file) {
    Reading reading = PlanReader.read(file);
    return reading
        .plan()
        .orElseThrow(() ->
            new BadInput(
                reading.problems().stream()
                    .map(PlanProblem::toString)
                    .collect(Collectors.joining(System.lineSeparator()))));
  }
}
