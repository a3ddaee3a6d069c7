package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.Writes.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an application may go home the way it came: traffic has moved, the failover does not come
 * to its end, and what it did is to be undone.
 */
final class ShortWay {
  private static final String TRAFFIC = "traffic:";

  private final Run run;
  private final RunBook book;
  private final Writes writes;

  ShortWay(Run run) {
    this.run = run;
    this.book = run.book();
    this.writes = new Writes(run);
  }

  /** Whether there is such a way: before traffic moves a rollback does it, later a failback. */
  static boolean isThere(Run run) {
    return run.book().phase() == Phase.RECOVERING
        && !run.book().isEnding()
        && !run.terms().drill()
        && run.plan().trafficMoved(Section.FAILOVER, run.book());
  }

  /** The primary Region and the stores are asked, and meanwhile others may have decided. */
  Judgement judge(Decision.Failback failback) {
    List<Found> found = new ArrayList<>();
    Optional<String> objection =
        another(failback)
            .or(() -> book.fences().objection(now()))
            .or(() -> unknown(failback.accept()))
            .or(() -> immovable(failback.accept()))
            .or(this::silence)
            .or(() -> loss(failback.accept(), found))
            .or(() -> book.fences().objection(now()))
            .or(() -> immovable(failback.accept()))
            .or(this::tooLate);
    if (objection.isPresent()) {
      return Judgement.refused(objection.get());
    }
    String home = run.plan().region(Side.PRIMARY).region().toString();
    book.meanwhile()
        .untouched(found.stream().filter(Found::untouched).map(each -> each.store().id()).toList());
    book.retreat(
        "brought back to "
            + home
            + Said.because(failback.reason())
            + Said.accepting(failback.accept()),
        now());
    return Judgement.obeyed(
        Stream.concat(
                Stream.of(
                    "traffic goes home to %s first; then what the failover did is undone"
                        .formatted(home)),
                found.stream().map(Found::says))
            .collect(Collectors.joining("; ")));
  }

  private static Optional<String> another(Decision.Failback failback) {
    return failback.plan() == null
        ? Optional.empty()
        : Optional.of(
            "the recovery is not over: its own steps are undone, by no other plan; leave the plan"
                + " out");
  }

  private Optional<String> tooLate() {
    return isThere(run)
        ? Optional.empty()
        : Optional.of("the recovery went on meanwhile; look at it and decide anew");
  }

  /** What nobody knows cannot be accepted. */
  private Optional<String> unknown(List<String> accepted) {
    List<String> known =
        Stream.concat(writes.stores().stream().map(Writes::name), moving().map(ShortWay::traffic))
            .toList();
    return accepted.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(name ->
            "there is no '%s' to accept%s"
                .formatted(
                    Limit.NAME.cut(name),
                    Nearest.to(name, known)
                        .map(meant -> "; did you mean '" + meant + "'?")
                        .orElse("")));
  }

  private Stream<Step> moving() {
    return run.plan().graph(Section.FAILOVER).steps().stream().filter(Step::movesUsers);
  }

  private static String traffic(Step step) {
    return TRAFFIC + step.id();
  }

  /** Traffic that this run cannot take home would arrive where nothing is any more. */
  private Optional<String> immovable(List<String> accepted) {
    return moving()
        .filter(step -> !accepted.contains(traffic(step)))
        .flatMap(step -> immovable(step).stream())
        .findFirst()
        .or(this::promoted);
  }

  /** What was made the original cannot be made a copy again by undoing. */
  private Optional<String> promoted() {
    return run.plan().changed(Section.FAILOVER, book).stream()
        .filter(step -> step.kind().hasRole(Role.DATA))
        .filter(step -> step.kind().facts().undo() == Undo.ONE_WAY)
        .findFirst()
        .map(step ->
            "what '%s' did cannot be undone (%s): bring the recovery to its end, and take the plan's"
                    .formatted(step.id(), step.kind().facts().undoing())
                + " way back");
  }

  private Optional<String> immovable(Step step) {
    StepState state = book.step(step.id());
    if (state.hasChanged()) {
      return step.kind().facts().undo() == Undo.ONE_WAY
          ? Optional.of(
              "'%s' moves traffic one way (%s); %s"
                  .formatted(step.id(), step.kind().facts().undoing(), byHand(step)))
          : Optional.empty();
    }
    return state.status().isOver()
        ? Optional.of(
            "the run did not move the traffic of '%s' itself, so it cannot take it home; %s"
                .formatted(step.id(), byHand(step)))
        : Optional.empty();
  }

  private String byHand(Step step) {
    return "take it home by hand, then say so: `rekindle failback %s --accept %s`"
        .formatted(book.application(), traffic(step));
  }

  /** Asked of what shuts it off, which will be lifted; else of those who would work there. */
  private Optional<String> silence() {
    PrimarySide primary = new PrimarySide(run.imagined(run.plan()));
    return Stream.of(Section.FAILOVER, Section.FAILBACK)
        .map(run.plan()::graph)
        .flatMap(graph -> primary.silence(graph, () -> !isThere(run)).stream())
        .findFirst();
  }

  /** What was written is lost to the application, so a person says that it may be. */
  private Optional<String> loss(List<String> accepted, List<Found> found) {
    writes.stores().stream()
        .filter(store -> !accepted.contains(Writes.name(store)))
        .map(writes::find)
        .forEach(found::add);
    List<Found> lost = found.stream().filter(each -> !each.untouched()).toList();
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "what was written in %s would not come along; say that it may be lost, and it stays in a"
                    .formatted(run.plan().region(Side.RECOVERY).region())
                + " final snapshot: `rekindle failback %s%s`; %s"
                    .formatted(
                        book.application(),
                        Stream.concat(accepted.stream(), lost.stream().map(Found::name))
                            .map(" --accept "::concat)
                            .collect(Collectors.joining()),
                        lost.stream().map(Found::says).collect(Collectors.joining("; "))));
  }
}
