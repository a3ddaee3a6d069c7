package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a step takes over from an earlier run. It is named once, in history, before anything else
 * happens: whoever chose anew with each look would take the next one when the first has gone.
 *
 * @param adopted its name
 */
record Adoption(String adopted) {
  /** Besides the changes of the kinds: it changes nothing on AWS. */
  private enum Change implements Action.Change {
    ADOPT
  }

  Due due() {
    return Due.of(Change.ADOPT, this);
  }

  /** What undo takes away: what was taken over, and what the step made under its own name. */
  static List<String> andMade(Work<?> work, String own, Action.Change making) {
    Optional<String> adopted = in(work);
    boolean made = adopted.isEmpty() || work.made(making).isPresent();
    return Stream.concat(adopted.stream(), Stream.of(own).filter(name -> made)).toList();
  }

  /** What was taken over, if anything was. */
  static Optional<String> in(Work<?> work) {
    return work.before(Change.ADOPT, Adoption.class).map(Adoption::adopted);
  }
}
