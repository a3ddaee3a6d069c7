package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
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
public record Adoption(String adopted) {
  /** Besides the changes of the kinds: it changes nothing on AWS. */
  private enum Change implements Action.Change {
    ADOPT
  }

  public Due due() {
    return Due.of(Change.ADOPT, this);
  }

  /**
   * Something that an earlier run left.
   *
   * @param source what it was made from
   */
  public record Left(String name, String source) {}

  /** What of all this is taken over: what came from that on which was agreed. */
  public static Observation of(
      Work<?> work, Words words, List<Left> left, String agreed, Due making) {
    Optional<Left> fitting = left.stream().filter(each -> each.source().equals(agreed)).findFirst();
    if (fitting.isPresent()) {
      return new Adoption(fitting.get().name()).due();
    }
    return left.isEmpty()
        ? making
        : new Broken(
            "the %s %s in %s, which an earlier run left, holds the %s %s, not the agreed %s: adopt with that one (retry --adopt --set %s=…), or start over (retry --anew)"
                .formatted(
                    words.made(),
                    left.getFirst().name(),
                    work.call().region(),
                    words.source(),
                    left.getFirst().source(),
                    agreed,
                    words.field()));
  }

  /** That what a step took over has gone. */
  public static Broken gone(Work<?> work, String made, String adopted) {
    return new Broken(
        "the %s %s in %s, which this step took over, is gone: start over (retry --anew)"
            .formatted(made, adopted, work.call().region()));
  }

  /**
   * How people call it.
   *
   * @param field that names the source
   */
  public record Words(String made, String source, String field) {}

  /** What undo takes away: what was taken over, and what the step made under its own name. */
  public static List<String> andMade(Work<?> work, String own, Action.Change making) {
    Optional<String> adopted = in(work);
    boolean made = adopted.isEmpty() || work.made(making).isPresent();
    return Stream.concat(adopted.stream(), Stream.of(own).filter(name -> made)).toList();
  }

  /** What was taken over, if anything was. */
  public static Optional<String> in(Work<?> work) {
    return work.before(Change.ADOPT, Adoption.class).map(Adoption::adopted);
  }
}
