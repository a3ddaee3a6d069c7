package io.rekindle.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The order of a section's steps: which must be done before which, and so what can overlap. Made of
 * whatever was written, cycles and unknown names included, so that validation can ask it too.
 */
public final class StepGraph {
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> needs = new HashMap<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, BitSet> ancestors = new HashMap<>();
  private final Set<String> unsure = new HashSet<>();
  private final List<Step> order;
  private final List<String> cycle;

  private StepGraph(List<Step> steps, Map<String, List<String>> needs) {
    for (Step step : steps) {
      if (this.steps.putIfAbsent(step.id(), step) == null) {
        index.put(step.id(), index.size());
      }
    }
    this.steps.keySet().forEach(id -> this.needs.put(id, known(id, needs)));
    this.cycle = findCycle();
    this.order = sort();
    for (Step step : order) {
      ancestors.put(step.id(), ancestorsOf(step.id()));
      if (needsOf(step.id()).stream().anyMatch(unsure::contains)) {
        unsure.add(step.id());
      }
    }
  }

  private List<String> known(String id, Map<String, List<String>> needs) {
    List<String> written = needs.getOrDefault(id, List.of());
    if (!steps.keySet().containsAll(written)) {
      unsure.add(id);
    }
    return written.stream().filter(steps::containsKey).distinct().toList();
  }

  public static StepGraph of(List<Step> section) {
    Optional<String> firstApproval =
        section.stream().filter(StepGraph::isApproval).findFirst().map(Step::id);
    Map<String, List<String>> needs = new HashMap<>();
    Optional<String> above = Optional.empty();
    boolean behindApproval = false;
    for (Step step : section) {
      needs.putIfAbsent(
          step.id(), needs(step, above, behindApproval ? firstApproval : Optional.empty()));
      behindApproval |= firstApproval.filter(step.id()::equals).isPresent();
      above = Optional.of(step.id());
    }
    return new StepGraph(section, needs);
  }

  private static List<String> needs(Step step, Optional<String> above, Optional<String> approval) {
    if (step.needs() == null) {
      return above.stream().toList();
    }
    return step.needs().isEmpty() ? approval.stream().toList() : step.needs();
  }

  private static boolean isApproval(Step step) {
    return step.knownKind().filter(Kind::isApproval).isPresent();
  }

  /** The same order with only some of the steps: what needed a step left out inherits its needs. */
  public StepGraph only(Predicate<Step> runs) {
    Map<String, List<String>> left = new HashMap<>();
    Map<String, Set<String>> inherited = new HashMap<>();
    for (Step step : order) {
      Set<String> all = new LinkedHashSet<>();
      for (String need : needsOf(step.id())) {
        if (runs.test(step(need))) {
          all.add(need);
        } else {
          all.addAll(inherited.getOrDefault(need, Set.of()));
        }
      }
      inherited.put(step.id(), all);
      left.put(step.id(), List.copyOf(all));
    }
    return new StepGraph(steps.values().stream().filter(runs).toList(), left);
  }

  /** All steps as they were written. */
  public List<Step> steps() {
    return List.copyOf(steps.values());
  }

  public boolean has(String id) {
    return steps.containsKey(id);
  }

  public Step step(String id) {
    Step step = steps.get(id);
    if (step == null) {
      throw new IllegalArgumentException("The plan has no step '" + id + "'.");
    }
    return step;
  }

  /** The steps that must be done directly before this one. */
  public List<String> needsOf(String id) {
    return needs.getOrDefault(id, List.of());
  }

  /** Every step after all that it needs; steps on a cycle come last, as written. */
  public List<Step> inOrder() {
    return order;
  }

  public boolean isBefore(String earlier, String later) {
    Integer bit = index.get(earlier);
    BitSet before = ancestors.get(later);
    return bit != null && before != null && before.get(bit);
  }

  /**
   * Whether all that a step waits for is known: it stands on no cycle, and neither it nor what it
   * waits for needs a step that does not exist.
   */
  public boolean isOrderKnown(String id) {
    return !unsure.contains(id);
  }

  /**
   * The fences that must be over before a step moves traffic, whether it needs them or not: those
   * on its way, and those that wait for no traffic themselves.
   */
  public List<Step> fencesBefore(Step step) {
    return !step.movesTraffic() || step.fence()
        ? List.of()
        : steps.values().stream()
            .filter(Step::fence)
            .filter(fence -> isBefore(fence.id(), step.id()) || !comesAfterTraffic(fence))
            .toList();
  }

  private boolean comesAfterTraffic(Step fence) {
    return steps.values().stream()
        .filter(Step::movesUsers)
        .anyMatch(moving -> isBefore(moving.id(), fence.id()));
  }

  /** Whether neither waits for the other. */
  public boolean canOverlap(String one, String other) {
    return !one.equals(other) && !isBefore(one, other) && !isBefore(other, one);
  }

  /** The steps of a cycle, the first repeated at the end; empty when there is none. */
  public List<String> cycle() {
    return cycle;
  }

  private BitSet ancestorsOf(String id) {
    BitSet all = new BitSet(index.size());
    for (String need : needsOf(id)) {
      Integer bit = index.get(need);
      if (bit != null) {
        all.set(bit);
        all.or(ancestors.getOrDefault(need, new BitSet()));
      }
    }
    return all;
  }

  private List<Step> sort() {
    Map<String, Integer> open = new LinkedHashMap<>();
    Map<String, List<String>> dependants = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (String id : steps.keySet()) {
      open.put(id, needsOf(id).size());
      needsOf(id)
          .forEach(need -> dependants.computeIfAbsent(need, none -> new ArrayList<>()).add(id));
      if (needsOf(id).isEmpty()) {
        ready.add(id);
      }
    }
    List<Step> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      String id = ready.remove();
      open.remove(id);
      sorted.add(step(id));
      for (String dependant : dependants.getOrDefault(id, List.of())) {
        if (open.merge(dependant, -1, Integer::sum) == 0) {
          ready.add(dependant);
        }
      }
    }
    unsure.addAll(open.keySet());
    open.keySet().forEach(id -> sorted.add(step(id)));
    return List.copyOf(sorted);
  }

  private List<String> findCycle() {
    Set<String> done = new LinkedHashSet<>();
    for (String start : steps.keySet()) {
      List<String> found = walk(start, done);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** Depth first without recursion: plans may be a thousand steps long. */
  private List<String> walk(String start, Set<String> done) {
    List<String> path = new ArrayList<>();
    Set<String> onPath = new LinkedHashSet<>();
    Deque<Deque<String>> open = new ArrayDeque<>();
    open.push(new ArrayDeque<>(List.of(start)));
    while (!open.isEmpty()) {
      if (open.peek().isEmpty()) {
        open.pop();
        if (!path.isEmpty()) {
          String left = path.removeLast();
          onPath.remove(left);
          done.add(left);
        }
        continue;
      }
      String id = open.peek().pop();
      if (onPath.contains(id)) {
        List<String> round = new ArrayList<>(path.subList(path.indexOf(id), path.size()));
        Collections.reverse(round);
        round.add(round.getFirst());
        return List.copyOf(round);
      }
      if (!done.contains(id)) {
        path.add(id);
        onPath.add(id);
        open.push(new ArrayDeque<>(needsOf(id)));
      }
    }
    return List.of();
  }
}
