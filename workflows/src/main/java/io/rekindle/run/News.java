package io.rekindle.run;

import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people are told: what happened and what is waited for. */
final class News {
  private News() {}

  static String opened(RunBook book, Gate gate) {
    return headline(book) + "gate '" + gate.id() + "' is open: " + gate.question();
  }

  static String other(RunBook book, Gate gate) {
    return headline(book)
        + "gate '"
        + gate.id()
        + "' shows something else, who agreed is asked again: "
        + gate.difference();
  }

  static String task(RunBook book, Task task) {
    return headline(book) + "task '" + task.id() + "'" + task.forOwner() + ": " + task.says();
  }

  static String late(RunBook book, Task task) {
    return headline(book)
        + "task '"
        + task.id()
        + "'"
        + task.forOwner()
        + " takes longer than expected: "
        + task.says();
  }

  static String blocked(RunBook book, String step, String why) {
    return headline(book) + "step '" + step + "' is blocked: " + why;
  }

  static String fenced(RunBook book, String fence, String late) {
    return headline(book) + "the fence '" + fence + "' holds now: " + late;
  }

  static String unfenced(RunBook book, String fence, String why) {
    return headline(book)
        + "the fence '"
        + fence
        + "' still does not hold, and is not tried before a person decides: "
        + why;
  }

  static String recovered(RunBook book) {
    String doubt = book.state().doubt();
    return headline(book)
        + (doubt == null
            ? "the application serves from the recovery Region"
            : "every step is over, but it is unverified that the application serves: " + doubt);
  }

  static String home(RunBook book) {
    String doubt = book.state().doubt();
    return headline(book)
        + (doubt == null
            ? "the application serves from the primary Region again"
            : "every step of the way back is over, but it is unverified that the application"
                + " serves: "
                + doubt);
  }

  static String stays(RunBook book, String why) {
    return headline(book)
        + "the way back is given up, and the application goes on serving from the recovery Region: "
        + why;
  }

  static String ended(RunBook book, String how) {
    return headline(book) + how;
  }

  /** Where the run is right now. */
  static String at(RunBook book) {
    List<String> waits = new ArrayList<>();
    book.openGates().forEach(gate -> waits.add("an answer at gate '" + gate.id() + "'"));
    book.state().tasks().forEach(task -> waits.add("task '" + task.id() + "'"));
    book.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .forEach(step -> waits.add("a decision on step '" + step.id() + "'"));
    book.fences().open().stream()
        .filter(fence -> fence.waits() != null)
        .forEach(fence -> waits.add("a decision on fence '" + fence.fence() + "'"));
    String phase = book.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return headline(book)
        + phase
        + (waits.isEmpty() ? "" : "; it waits for " + String.join(" and ", waits));
  }

  private static String headline(RunBook book) {
    return book.application() + " (run " + book.run() + "): ";
  }
}
