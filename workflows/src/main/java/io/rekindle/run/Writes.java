package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.proof.VerifyData;
import io.rekindle.plan.value.Fingerprint;
import io.rekindle.run.StepState.Status;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether what a failover brought back was written to since it was opened: where a step read all of
 * it before traffic moved, the same step reads it again.
 */
final class Writes {
  private static final String WRITES = "writes:";
  private static final String TABLES = "tables";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The bytes that are said of one store. */
  private static final int SAID = 250;

  private final Run run;
  private final RunBook book;
  private final StepGraph graph;

  /**
   * What is known of one store.
   *
   * @param untouched whether it is proven that nothing was written
   */
  record Found(Step store, boolean untouched, String says) {
    /** By which a person accepts that what was written is lost. */
    String name() {
      return Writes.name(store);
    }
  }

  Writes(Run run) {
    this.run = run;
    this.book = run.book();
    this.graph = run.plan().graph(Section.FAILOVER);
  }

  static String name(Step store) {
    return WRITES + store.id();
  }

  /** What was brought back, and may have been written to. */
  List<Step> stores() {
    return graph.steps().stream()
        .filter(this::holdsData)
        .filter(step -> run.plan().mayHaveServed(step, book))
        .toList();
  }

  private boolean holdsData(Step step) {
    return step.kind().recoversData()
        || run.plan().plan().stores().stream().anyMatch(store -> step.id().equals(store.step()));
  }

  Found find(Step store) {
    Optional<Step> witness = witness(store);
    if (witness.isEmpty()) {
      return new Found(
          store,
          false,
          ("nothing proves that '%s' took no writes: no step compared whole tables of it, with all"
                  + " their rows, before traffic moved")
              .formatted(store.id()));
    }
    return book.meanwhile().checking(() -> compared(store, witness.get()));
  }

  /** The last step that read all of it before traffic moved. */
  Optional<Step> witness(Step store) {
    Instant moved = run.plan().trafficMovedAt(Section.FAILOVER, book).orElse(Instant.MAX);
    return graph.steps().stream()
        .filter(step -> book.is(step.id(), Status.DONE) && reads(step, store))
        .filter(this::readsAll)
        .filter(step -> ended(step).isBefore(moved))
        .max(Comparator.comparing(this::ended));
  }

  private Instant ended(Step step) {
    return Objects.requireNonNullElse(book.step(step.id()).ended(), Instant.MAX);
  }

  /** Also by way of steps between, such as one that renames it. */
  private boolean reads(Step step, Step store) {
    return Binding.wordsIn(step.with()).stream()
        .filter(StepOutput.class::isInstance)
        .map(word -> ((StepOutput) word).step())
        .distinct()
        .anyMatch(giver ->
            giver.equals(store.id()) || graph.has(giver) && reads(graph.step(giver), store));
  }

  private boolean readsAll(Step step) {
    return run.calls().given(step).orElse(null) instanceof VerifyData.Tables tables
        && tables.isOfAll()
        && !tables.countOnly();
  }

  private Found compared(Step store, Step witness) {
    try {
      return switch (look(witness)) {
        case Observation.Settled now -> compared(store, witness, now);
        case Observation.Broken broken -> unknown(store, witness, broken.why());
        case Observation.Foreign foreign -> unknown(store, witness, foreign.owner());
        case Observation.Due due -> unknown(store, witness, due.change());
      };
    } catch (ActivityFailure failure) {
      return unknown(store, witness, Failures.sentence(failure));
    }
  }

  private Observation look(Step witness) {
    return run.actions()
        .observe(run.calls().step(witness), PATIENCE, Summary.of(witness.id(), "read it once more"))
        .get();
  }

  private Found compared(Step store, Step witness, Observation.Settled now) {
    Collection<String> differences =
        fingerprint(now.outputs()).differencesFrom(fingerprint(book.step(witness.id()).outputs()));
    return differences.isEmpty()
        ? new Found(
            store,
            true,
            "'%s' took no writes: '%s' reads the same as before traffic moved, at %s"
                .formatted(
                    store.id(), witness.id(), ended(witness).truncatedTo(ChronoUnit.SECONDS)))
        : new Found(
            store,
            false,
            "'%s' has taken writes: %s"
                .formatted(store.id(), Limit.SENTENCE.cut(String.join("; ", differences), SAID)));
  }

  private static Fingerprint fingerprint(Map<String, String> outputs) {
    return new Fingerprint(outputs.getOrDefault(TABLES, ""));
  }

  private static Found unknown(Step store, Step witness, String why) {
    return new Found(
        store,
        false,
        "whether '%s' took writes is not known, because '%s' cannot read it now: %s"
            .formatted(store.id(), witness.id(), Limit.SENTENCE.cut(why, SAID)));
  }
}
