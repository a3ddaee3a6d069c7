package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.run.StepActions.Undone;
import io.rekindle.run.StepState.Status;
import io.rekindle.run.StepState.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes back what was made, the newest first, each as it was made. */
final class Rollback {
  private final Run run;
  private final StepGraph graph;
  private final RunBook book;
  private final Predicate<Step> claimed;
  private final Set<String> standing = new HashSet<>();
  private final Set<String> left = new LinkedHashSet<>();
  private final Set<String> kept = new LinkedHashSet<>();
  private boolean stranded;

  /** What a step made with the same fields, under one generation. */
  private record Making(Step step, Work work) {
    boolean isOf(Step other) {
      return step.id().equals(other.id());
    }
  }

  Rollback(Run run, StepGraph graph, Predicate<Step> claimed) {
    this.run = run;
    this.graph = graph;
    this.claimed = claimed;
    this.book = run.book();
  }

  /**
   * What came of it, a sentence each.
   *
   * @param changed whether there was anything to undo
   * @param stranded whether users could not be taken home, so that what serves them was left
   * @param left what could not be undone, with the reason
   * @param kept what was left behind on purpose
   */
  record Result(boolean changed, boolean stranded, List<String> left, List<String> kept) {
    static final Result NOTHING = new Result(false, false, List.of(), List.of());

    String said() {
      if (!changed) {
        return "nothing was changed";
      }
      return (left.isEmpty()
              ? "all changes were undone"
              : "could not undo: " + String.join("; ", left))
          + (kept.isEmpty() ? "" : "; kept: " + String.join("; ", kept));
    }
  }

  Result undo() {
    return undo(step -> {});
  }

  /**
   * @param before what is done just before a step is taken back
   */
  Result undo(Consumer<Step> before) {
    List<Making> rest = new ArrayList<>(made());
    if (rest.isEmpty()) {
      return Result.NOTHING;
    }
    while (!rest.isEmpty()) {
      Making making = rest.removeFirst();
      before.accept(making.step());
      undo(making);
      Step step = making.step();
      if (!standing.contains(step.id()) && rest.stream().noneMatch(other -> other.isOf(step))) {
        book.change(step.id(), was -> was.over(Status.UNDONE, was.outputs(), now(), "undone"));
      }
    }
    return new Result(true, stranded, List.copyOf(left), List.copyOf(kept));
  }

  private void undo(Making making) {
    Step step = making.step();
    if (stranded) {
      standing.add(step.id());
      left.add(step.id() + which(making) + ": as it is, because users may be there");
      return;
    }
    if (claimed.test(step)) {
      standing.add(step.id());
      kept.add(step.id() + which(making) + ": as it is, for the failover that is open");
      return;
    }
    switch (new StepActions(run, step).undo(making.work(), "undo" + which(making))) {
      case Undone.Whole whole -> {}
      case Undone.But but -> kept.add(step.id() + which(making) + ": " + but.kept());
      case Undone.Not not -> {
        standing.add(step.id());
        stranded = strands(step);
        left.add(step.id() + which(making) + ": " + not.why());
      }
    }
  }

  /** Whether users stay where they are; what moves one way somebody took home by hand. */
  private boolean strands(Step step) {
    return book.isRetreating() && step.movesUsers() && step.kind().facts().undo() != Undo.ONE_WAY;
  }

  private List<Making> made() {
    List<Step> steps = run.plan().toTakeBack(book);
    return graph.inOrder().reversed().stream()
        .filter(steps::contains)
        .flatMap(this::makings)
        .sorted(order())
        .toList();
  }

  private Stream<Making> makings(Step step) {
    StepState state = book.step(step.id());
    return state.hasChanged()
        ? state.works().reversed().stream()
            .filter(Work::hasChanged)
            .map(work -> new Making(step, work))
        : Stream.of(new Making(step, state.work()));
  }

  private Comparator<Making> order() {
    Comparator<Making> newestFirst =
        Comparator.comparing((Making making) -> making.work().since()).reversed();
    Withdrawal withdrawal = new Withdrawal(graph);
    return book.isRetreating()
        ? Comparator.comparing((Making making) -> withdrawal.turn(making.step()))
            .thenComparing(newestFirst)
        : newestFirst;
  }

  /** Tells what a step made from what else it made; empty where it made nothing else. */
  private String which(Making making) {
    List<Work> all =
        book.step(making.step().id()).works().stream().filter(Work::hasChanged).toList();
    Work work = making.work();
    boolean generations = all.stream().anyMatch(each -> each.generation() != work.generation());
    boolean fields = all.stream().anyMatch(each -> !each.corrected().equals(work.corrected()));
    return (generations ? " of generation " + work.generation() : "")
        + (fields ? " made with " + fields(work) : "");
  }

  private static String fields(Work work) {
    return work.corrected().isEmpty()
        ? "the fields of the plan"
        : work.corrected().entrySet().stream()
            .map(field -> field.getKey() + "=" + text(field.getValue()))
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
