package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Inventory;
import io.rekindle.action.Inventory.Leftover;
import io.rekindle.action.Inventory.Premises;
import io.rekindle.action.Marks;
import io.rekindle.door.Precedence;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proves that a drill left nothing: whatever is there after it was there before, or is somebody
 * else's. Nobody's tags are trusted with that.
 */
final class Proof {
  /** A drill that cannot be proved is not begun: there is another night. */
  private static final Duration BEFORE = Duration.ofMinutes(10);

  private final Run run;
  private final Precedence precedence;
  private final List<Premises> premises;
  private List<Marks> before;

  /**
   * @param before what an earlier execution of the same drill noted; empty in the first
   */
  Proof(Run run, StepGraph graph, Precedence precedence, List<Marks> before) {
    this.run = run;
    this.precedence = precedence;
    this.premises = premises(run, graph);
    this.before = before;
  }

  private static List<Premises> premises(Run run, StepGraph graph) {
    Map<Region, SortedSet<String>> kinds = new LinkedHashMap<>();
    for (Step step : graph.inOrder()) {
      if (!step.kind().looksOnly()) {
        run.plan()
            .region(step)
            .ifPresent(region ->
                kinds.computeIfAbsent(region, each -> new TreeSet<>()).add(step.kind().name()));
      }
    }
    RunBook book = run.book();
    return kinds.entrySet().stream()
        .map(entry -> {
          Region region = entry.getKey();
          return new Premises(
              book.application(),
              book.run(),
              region.region().value(),
              region.role() == null ? null : region.role().value(),
              entry.getValue(),
              false);
        })
        .toList();
  }

  /** Notes what there is; answers why that cannot be done. */
  Optional<String> begin() {
    try {
      Inventory inventory = Outside.inventory(BEFORE, "take the inventory");
      before = premises.stream().map(inventory::takeInventory).toList();
      return Optional.empty();
    } catch (ActivityFailure failure) {
      return Optional.of(
          "the inventory before the drill could not be taken: " + Failures.sentence(failure));
    }
  }

  /** What the next execution of the drill has to know. */
  List<Marks> noted() {
    return before;
  }

  /**
   * Takes away what earlier drills left, that has expired and whose workflow is gone; tells what it
   * was. That it cannot be done keeps no drill from its own work.
   */
  List<String> removeExpired() {
    List<String> removed = new ArrayList<>();
    Inventory inventory = Outside.inventory(BEFORE, "remove what has expired");
    try {
      for (Premises each : premises) {
        SortedSet<String> runs = inventory.findExpired(each);
        runs.removeIf(other -> precedence.isDrillOpen(each.application(), other));
        if (!runs.isEmpty()) {
          removed.addAll(inventory.removeExpired(each, runs));
        }
      }
    } catch (ActivityFailure failure) {
      removed.add("not all that has expired: " + Failures.sentence(failure));
    }
    return removed;
  }

  /**
   * What is left behind, each with what it costs.
   *
   * @param asFound whether something was found as the drill wants it, and left so
   */
  List<String> leftovers(boolean asFound) {
    // What it made costs money: it is asked for as long as it is tried to take it away.
    Inventory inventory = Outside.inventory(Terms.TEARDOWN, "look for leftovers");
    List<String> left = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Premises here = asFound ? premises.get(i).withSomethingAsFound() : premises.get(i);
      try {
        inventory.findLeftovers(here, before.get(i)).stream().map(Proof::said).forEach(left::add);
      } catch (ActivityFailure failure) {
        left.add(
            "nobody knows what in %s: %s".formatted(here.region(), Failures.sentence(failure)));
      }
    }
    return left;
  }

  private static String said(Leftover leftover) {
    return leftover.what() + " (" + leftover.costs() + ")";
  }
}
