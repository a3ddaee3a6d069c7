package io.rekindle.run;

import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How much a run remembers. All of it travels in one payload, to whoever asks and to the next
 * execution, where what the run was started with travels too: 2 MiB are the most for both. So texts
 * share what is there for them; what later steps need word for word is refused where it is too
 * much, never cut.
 */
final class Memory {
  /** What there is for all notes, and for all that people are asked. */
  private static final int NOTES = 200_000;

  private static final int QUESTIONS = 100_000;
  private static final int EVIDENCE = 40_000;
  private static final int FINDINGS = 100_000;

  /** What there is for all values: outputs, corrections, and what changes altered. */
  private static final int VALUES = 160_000;

  private static final int VALUES_OF_ONE = 32_000;
  private static final int RULINGS = 100;
  private static final int LONGEST_RULING = 900;
  private static final int LOST = 20;
  private static final String FORGOTTEN =
      "earlier rulings are not kept here; the history of this run in Temporal has them";

  private Memory() {}

  static List<StepState> ofSteps(Collection<StepState> steps) {
    int share = share(NOTES, steps.size());
    return steps.stream().map(step -> step.withNoteOfAtMost(share)).toList();
  }

  static List<Gate> ofGates(Collection<Gate> gates) {
    int share = share(QUESTIONS, gates.size());
    return gates.stream().map(gate -> gate.ofAtMost(share)).toList();
  }

  static List<Task> ofTasks(Collection<Task> tasks) {
    int share = share(QUESTIONS, tasks.size());
    return tasks.stream().map(task -> task.ofAtMost(share)).toList();
  }

  static List<Evidence> ofEvidence(List<Evidence> evidence) {
    int share = share(EVIDENCE, evidence.size());
    return evidence.stream().map(probe -> probe.ofAtMost(share)).toList();
  }

  static List<Finding> ofFindings(Collection<Finding> findings) {
    int share = share(FINDINGS, findings.size());
    return findings.stream().map(finding -> finding.ofAtMost(share)).toList();
  }

  private static int share(int all, int among) {
    return all / Math.max(among, all / 2_000);
  }

  /** The newest ones, and a word that there were others. */
  static List<Ruling> ofRulings(List<Ruling> rulings) {
    if (rulings.size() <= RULINGS) {
      return rulings;
    }
    Ruling last = rulings.get(rulings.size() - RULINGS);
    List<Ruling> kept = new ArrayList<>();
    kept.add(new Ruling(last.at(), "", null, false, FORGOTTEN));
    kept.addAll(rulings.subList(rulings.size() - RULINGS + 1, rulings.size()));
    return kept;
  }

  /** A sentence of a ruling, which also is the answer to whoever decided. */
  static String ofRuling(String sentence) {
    return Limit.SENTENCE.cut(sentence, LONGEST_RULING);
  }

  /** The first ones, and a word that there are others. */
  static List<String> ofLost(List<String> lost) {
    List<String> kept = new ArrayList<>(lost.stream().map(Limit.SENTENCE::cut).toList());
    if (lost.size() > LOST) {
      kept.subList(LOST - 1, kept.size()).clear();
      kept.add("later messages could not be sent either");
    }
    return kept;
  }

  /** Whether values of that weight can be remembered besides those that there are. */
  static boolean hasRoom(RunState state, int more) {
    int weight = state.steps().stream().mapToInt(StepState::weight).sum();
    return more <= VALUES_OF_ONE && weight + more <= VALUES;
  }

  /** What is said of values that cannot be remembered. */
  static String tooMuch(int weight) {
    return "%,d bytes are more than a run can remember: at most %,d at a time, and %,d in all"
        .formatted(weight, VALUES_OF_ONE, VALUES);
  }
}
