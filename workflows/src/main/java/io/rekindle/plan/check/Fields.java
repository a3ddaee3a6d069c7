package io.rekindle.plan.check;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Region;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a step is given fits its kind: in every recovery Region, for the default parameters, and in
 * every drill.
 */
final class Fields implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    List<Region> regions = draft.recovery();
    for (Region recovery : regions) {
      ExampleValues examples = new ExampleValues(draft, recovery, Map.of(), Map.of(), Map.of());
      draft
          .plan()
          .uses()
          .filter(
              use -> recovery.equals(regions.getFirst()) || !Binding.wordsIn(use.with()).isEmpty())
          .forEach(use -> fits(draft, use, examples, report));
    }
  }

  static void fits(Draft draft, Use use, ExampleValues examples, Consumer<Problem> report) {
    Optional<Kind> kind = use.knownKind();
    if (kind.isPresent()
        && Uses.misplaced(use, kind.get()).isEmpty()
        && use.source().get("with").isPresent()) {
      Binding.bind(kind.get(), use.with(), examples, draft.path(use) + ".with")
          .problems()
          .forEach(report);
    }
  }
}
