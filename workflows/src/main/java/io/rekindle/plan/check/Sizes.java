package io.rekindle.plan.check;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.function.Consumer;

/** A plan is no larger than one run can take, in the state of which each step has a share. */
final class Sizes implements Check {
  private static final int STEPS = 500;
  private static final int PROBES = 100;
  private static final int NOTICES = 20;

  /** What is written around a value in JSON. */
  private static final int AROUND = 3;

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    Plan plan = draft.plan();
    int steps = plan.failover().size() + plan.failback().size();
    few(STEPS, "steps", steps, "failover", plan, report);
    few(PROBES, "probes", plan.probes().size(), "assess", plan, report);
    few(NOTICES, "messages", plan.notices().size(), "notify", plan, report);
    if (size(plan.source()) > PlanReader.LARGEST) {
      report.accept(
          Problem.at(
              Place.START,
              "",
              "the plan is larger than 1 MiB once its aliases are written out, the most a workflow"
                  + " can take"));
    }
  }

  private static void few(
      int most, String what, int count, String where, Plan plan, Consumer<Problem> report) {
    if (count > most) {
      report.accept(
          Problem.at(
              plan.source().placeOf(where),
              where,
              "the plan has %,d %s; one run takes at most %,d".formatted(count, what, most)));
    }
  }

  private static long size(Node node) {
    return AROUND
        + switch (node) {
          case Node.Scalar scalar -> scalar.text().length();
          case Node.Items items -> items.nodes().stream().mapToLong(Sizes::size).sum();
          case Node.Fields fields ->
              fields.fields().stream()
                  .mapToLong(field -> AROUND + field.name().length() + size(field.value()))
                  .sum();
          case Node.Unknown unknown -> 0;
        };
  }
}
