package io.rekindle.run;

import static io.rekindle.run.Played.isAsMade;

import io.rekindle.plan.Kinds;
import io.rekindle.plan.Step.OnFailure;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Ending;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState.Status;
import io.rekindle.run.Watch.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Judges how a run ended, or what it waits for. */
final class EndOracle {
  private static final Set<String> ENDINGS =
      Set.of("COMPLETED", "CANCELED", "REJECTED", "ABORTED", "ROLLED_BACK");

  private final Played played;
  private final StepGraph graph;

  /** What was changed: a message changes nothing. */
  private final List<Entry> log;

  private final List<String> complaints = new ArrayList<>();

  private EndOracle(Played played) {
    this.played = played;
    this.graph = played.graph();
    this.log =
        played.log().stream()
            .filter(entry -> graph.has(entry.step()))
            .filter(entry -> !Kinds.named(entry.kind()).orElseThrow().isMessage())
            .toList();
  }

  static List<String> complaints(Played played) {
    EndOracle oracle = new EndOracle(played);
    played.mishaps().forEach(mishap -> oracle.complain("something failed inside: %s", mishap));
    Ending ending = played.ending();
    if (isStuck(played)) {
      oracle.complain("nobody could bring it to an end: %s", played.state());
    }
    if (ending == null) {
      oracle.waits();
    } else {
      oracle.ends(ending);
      oracle.rolledBack(ending);
    }
    oracle.endOfChanges();
    oracle.undoneInOrder();
    return oracle.complaints;
  }

  /** Whether nobody could bring it to an end but by giving up. */
  static boolean isStuck(Played played) {
    return played.said().stream().map(Said::decision).anyMatch(PatientOperator::gaveUp);
  }

  private void complain(String what, Object... of) {
    complaints.add(what.formatted(of));
  }

  /** It serves, or it waits for people and says what for. */
  private void waits() {
    RunState state = played.state();
    if (played.story().isAttended()) {
      complain("it did not end: %s", state);
    }
    boolean hasReason =
        state.phase() == Phase.SERVING
            || state.paused()
            || state.gates().stream().anyMatch(Gate::open)
            || !state.tasks().isEmpty()
            || state.steps().stream().anyMatch(EndOracle::isBlocked);
    if (!hasReason) {
      complain("it waits for no reason: %s", state);
    }
    state.steps().stream()
        .filter(step -> step.status() == Status.RUNNING && !state.paused())
        .forEach(step -> complain("'%s' runs for ever: %s", step.id(), state));
    state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED && !isBlocked(step))
        .forEach(step -> complain("'%s' is blocked for no reason", step.id()));
  }

  private static boolean isBlocked(StepState step) {
    return step.status() == Status.BLOCKED && step.note() != null && !step.note().isBlank();
  }

  private void ends(Ending ending) {
    String says = ending.sentence();
    if (!ENDINGS.contains(ending.type()) || says.isBlank() || says.contains("Exception")) {
      complain("it ended in no readable way: %s", ending);
    }
    boolean agrees =
        switch (ending.type()) {
          case "COMPLETED" ->
              wentHome()
                  ? wasSaid("failback")
                  : played.state().phase() == Phase.SERVING && wasSaid("close");
          case "REJECTED" -> log.stream().allMatch(Played::isMessage) && wasSaid("reject");
          case "CANCELED" -> wasSaid("abort");
          default -> wasSaid("abort") || mayAbortItself();
        };
    if (!agrees) {
      complain("nobody wanted that end: %s", ending);
    }
    if (says.contains("nothing was changed") && !log.stream().allMatch(Played::isMessage)) {
      complain("it says '%s', but made %s", says, log);
    }
  }

  /** By the quick way: the story has no other. */
  private boolean wentHome() {
    return played.state().clocks().home() != null;
  }

  private boolean wasSaid(String verb) {
    return played.said().stream()
        .anyMatch(said -> said.decision().verb().equals(verb) && !said.wasRefused());
  }

  private boolean mayAbortItself() {
    return graph.steps().stream().anyMatch(step -> step.onFailure() == OnFailure.ABORT);
  }

  /** After an abort only that is made of which a worker knew already that it is due. */
  private void endOfChanges() {
    Ending ending = played.ending();
    if (ending == null || ending.type().equals("COMPLETED") || mayAbortItself()) {
      return;
    }
    Instant last =
        played
            .said(Decision.Abort.class)
            .filter(said -> !said.wasRefused())
            .map(Said::after)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    log.stream()
        .filter(entry -> entry.at().isAfter(last))
        .filter(entry -> !wasDue(entry.key(), last))
        .forEach(entry -> complain("%s was made after the abort at %s", entry.key(), last));
  }

  private boolean wasDue(String key, Instant before) {
    return played.looks().stream()
        .filter(look -> !look.at().isAfter(before))
        .map(Look::key)
        .anyMatch(key::equals);
  }

  /** What is said of the rollback is true. */
  private void rolledBack(Ending ending) {
    List<Entry> left =
        log.stream()
            .filter(entry -> played.undone().stream().noneMatch(undone -> isAsMade(undone, entry)))
            .toList();
    String doubt = String.valueOf(played.state().doubt());
    if (wentHome()) {
      left.stream()
          .filter(entry -> !isNamed(entry.step(), doubt))
          .forEach(entry -> complain("%s is not told of in: %s", entry.key(), doubt));
    } else if (ending.type().equals("ROLLED_BACK")) {
      left.forEach(entry ->
          complain(
              "%s with %s was not undone, but it says: %s",
              entry.key(), entry.with(), ending.sentence()));
    } else if (ending.sentence().contains("could not undo: ")) {
      left.stream()
          .filter(entry -> !isNamed(entry.step(), ending.sentence()))
          .forEach(entry -> complain("%s is not told of in: %s", entry.key(), ending.sentence()));
    } else if (!played.undone().isEmpty()) {
      complain("%s were undone, but it says: %s", played.undone(), ending.sentence());
    }
  }

  /** By its id, and by how it was made where that tells its changes apart. */
  private static boolean isNamed(String step, String sentence) {
    return Stream.of(": ", " of generation ", " made with ")
        .anyMatch(next -> sentence.contains(step + next));
  }

  /** Nothing is made while things are undone, and nothing is undone under what rests on it. */
  private void undoneInOrder() {
    List<Entry> undone = played.undone();
    if (undone.isEmpty()) {
      return;
    }
    Instant begin = undone.getFirst().at();
    log.stream()
        .filter(entry -> entry.at().isAfter(begin))
        .forEach(entry -> complain("%s was made during the rollback", entry.key()));
    for (int i = 0; i < undone.size(); i++) {
      for (Entry later : undone.subList(i, undone.size())) {
        if (graph.isBefore(undone.get(i).step(), later.step())
            && !(wentHome() && (goesBefore(undone.get(i)) || isFence(later)))) {
          complain("%s was undone before %s", undone.get(i).key(), later.key());
        }
      }
    }
  }

  /** Users are taken home from what serves them, and the old side works again without the new. */
  private boolean goesBefore(Entry entry) {
    return isFence(entry) || graph.step(entry.step()).movesTraffic();
  }

  /** The old side stays shut while anything of the new one serves, whatever it needed before. */
  private boolean isFence(Entry entry) {
    return graph.step(entry.step()).fence();
  }
}
