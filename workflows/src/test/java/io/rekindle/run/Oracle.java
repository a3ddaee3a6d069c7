package io.rekindle.run;

import static io.rekindle.run.Played.isAsMade;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Said;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.Watch.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Judges what was changed, and when: from the plan, the cloud's log and what people said, never
 * from what the run tells of itself.
 */
final class Oracle {
  private final Played played;
  private final StepGraph graph;
  private final List<String> complaints = new ArrayList<>();

  private Oracle(Played played) {
    this.played = played;
    this.graph = played.graph();
  }

  static List<String> complaints(Played played) {
    if (played.wasRefused()) {
      return DoorOracle.complaints(played);
    }
    Oracle oracle = new Oracle(played);
    oracle.nothingTwice();
    oracle.log().forEach(oracle::inOrder);
    oracle.log().forEach(oracle::performed);
    oracle.log().forEach(oracle::fenced);
    played.looks().stream().filter(Look::adopts).forEach(oracle::adopted);
    if (played.state().phase() == Phase.SERVING) {
      oracle.graph.steps().forEach(oracle::nothingLost);
    }
    oracle.complaints.addAll(DoorOracle.complaints(played));
    oracle.complaints.addAll(FieldOracle.complaints(played));
    oracle.complaints.addAll(GateOracle.complaints(played));
    oracle.complaints.addAll(EndOracle.complaints(played));
    oracle.complaints.addAll(ClockOracle.complaints(played));
    return oracle.complaints;
  }

  private void complain(String what, Object... of) {
    complaints.add(what.formatted(of));
  }

  /** What was changed by steps; messages of the plan's own are not judged. */
  private List<Entry> log() {
    return played.log().stream().filter(entry -> graph.has(entry.step())).toList();
  }

  private Step step(Entry entry) {
    return graph.step(entry.step());
  }

  /** The last part of a change's key. */
  static String change(Entry entry) {
    return entry.key().substring(entry.key().lastIndexOf('/') + 1);
  }

  private static String generation(Entry entry) {
    String[] parts = entry.key().split("/", -1);
    return parts[parts.length - 2];
  }

  /** What a step does to a thing, under whatever key. */
  private record What(String step, String change, JsonNode with) {
    static What of(Entry entry) {
      return new What(entry.step(), Oracle.change(entry), entry.with());
    }
  }

  /** No guarded change happens twice, unless somebody wants it made anew. */
  private void nothingTwice() {
    List<Entry> guarded =
        log().stream().filter(entry -> step(entry).kind().facts().guard() != Guard.NONE).toList();
    for (int i = 0; i < guarded.size(); i++) {
      Entry again = guarded.get(i);
      if (guarded.subList(0, i).stream().anyMatch(made -> isAsMade(again, made))) {
        complain("%s was made twice", again.key());
      }
    }
    guarded.stream()
        .collect(Collectors.groupingBy(What::of, Collectors.counting()))
        .forEach((what, count) -> {
          long wanted = 1 + anew(what.step());
          if (count > wanted) {
            complain("%s was made %d times, and wanted %d times", what, count, wanted);
          }
        });
  }

  private long anew(String step) {
    return played
        .said(Decision.Retry.class)
        .filter(said -> !said.wasRefused())
        .map(said -> (Decision.Retry) said.decision())
        .filter(retry -> retry.step().equals(step) && retry.anew())
        .count();
  }

  /** Every step that is needed was over before. */
  private void inOrder(Entry entry) {
    graph.steps().stream()
        .filter(need -> graph.isBefore(need.id(), entry.step()))
        .filter(need -> !need.kind().isControl())
        .filter(need -> !played.wasSettled(need.id(), entry.at()))
        .filter(need -> !need.mayFail() && !played.wasSkipped(need.id(), entry.at()))
        .forEach(need -> complain("%s was made before '%s' was over", entry.key(), need.id()));
    List<String> declared = step(entry).kind().changes().stream().map(Kind.Change::name).toList();
    log().stream()
        .filter(other -> other.step().equals(entry.step()))
        .filter(other -> generation(other).equals(generation(entry)))
        .filter(other -> other.with().equals(entry.with()))
        .filter(other -> declared.indexOf(change(other)) < declared.indexOf(change(entry)))
        .filter(other -> log().indexOf(other) > log().indexOf(entry))
        .forEach(other -> complain("%s was made before %s", entry.key(), other.key()));
  }

  /** Every task on the way was done, or somebody did without it. */
  private void performed(Entry entry) {
    graph.steps().stream()
        .filter(task -> graph.isBefore(task.id(), entry.step()))
        .filter(task -> task.kind().isTask())
        .filter(task ->
            !played.saidBefore(
                Decision.Done.class, entry.at(), done -> done.step().equals(task.id())))
        .filter(task -> !played.wasSkipped(task.id(), entry.at()))
        .forEach(task -> complain("%s was made before '%s' was done", entry.key(), task.id()));
  }

  /** Traffic moves only behind fences that hold, unless somebody accepts that they do not. */
  private void fenced(Entry entry) {
    if (!step(entry).movesTraffic() || isAcceptedUnfenced(entry)) {
      return;
    }
    graph.steps().stream()
        .filter(Step::fence)
        .filter(fence -> !fence.id().equals(entry.step()))
        .filter(fence -> isBeforeTraffic(fence) || graph.isBefore(fence.id(), entry.step()))
        .filter(fence -> !played.wasSettled(fence.id(), entry.at()))
        .forEach(
            fence -> complain("%s was made although '%s' does not hold", entry.key(), fence.id()));
  }

  private boolean isBeforeTraffic(Step fence) {
    return graph.steps().stream()
        .filter(Step::movesTraffic)
        .noneMatch(moving -> graph.isBefore(moving.id(), fence.id()));
  }

  private boolean isAcceptedUnfenced(Entry entry) {
    return played.saidBefore(Decision.Approve.class, entry.at(), Decision.Approve::acceptUnfenced)
        || played.saidBefore(
            Decision.Retry.class,
            entry.at(),
            retry -> graph.has(retry.step()) && graph.step(retry.step()).movesTraffic());
  }

  /** Who says that it recovered has made everything that was to be made. */
  private void nothingLost(Step step) {
    Kind kind = step.kind();
    if (kind.isControl() || step.mayFail() || played.wasSkipped(step.id(), Instant.MAX)) {
      return;
    }
    if (!played.wasSettled(step.id(), Instant.MAX)) {
      complain("it recovered, but nobody ever saw '%s' settled", step.id());
    }
    List<String> wanted =
        kind.changes().stream()
            .filter(change -> change.onlyIf().isEmpty())
            .map(Kind.Change::name)
            .toList();
    boolean made =
        log().stream()
            .filter(entry -> entry.step().equals(step.id()))
            .collect(
                Collectors.groupingBy(
                    Oracle::generation, Collectors.mapping(Oracle::change, Collectors.toSet())))
            .values()
            .stream()
            .anyMatch(changes -> changes.containsAll(wanted));
    if (!wanted.isEmpty() && !made && !wasAdopted(step)) {
      complain("it recovered, but '%s' did not make %s", step.id(), wanted);
    }
  }

  /** Nothing is taken over but what a person said so of, since another thing was acted on. */
  private void adopted(Look look) {
    boolean mayAdopt = false;
    for (Said said : played.said(Decision.Retry.class).toList()) {
      Decision.Retry retry = (Decision.Retry) said.decision();
      boolean isHeard = !said.wasRefused() && !said.before().isAfter(look.at());
      if (isHeard && retry.step().equals(look.step())) {
        boolean isOver =
            played.isSure(said) && !said.after().isAfter(look.at()) && isAboutAnother(retry);
        mayAdopt = retry.adopt() || mayAdopt && !isOver;
      }
    }
    if (!mayAdopt) {
      complain("%s takes over what nobody said it may", look);
    }
  }

  private boolean isAboutAnother(Decision.Retry retry) {
    return retry.anew()
        || graph.step(retry.step()).kind().thing().stream().anyMatch(retry.set()::containsKey);
  }

  private boolean wasAdopted(Step step) {
    return played.story().script().foreign().contains(step.id())
        && played.saidBefore(
            Decision.Retry.class,
            Instant.MAX,
            retry -> retry.step().equals(step.id()) && retry.adopt());
  }
}
