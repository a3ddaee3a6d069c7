package io.rekindle.run;

import io.rekindle.plan.Binding;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.step.Control;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one reducer behind signals and updates: looks at a decision, obeys or refuses it, and records
 * the ruling.
 */
final class Decisions {
  private static final String ONLY_PEOPLE =
      "only people open a gate: retry asks them again, abort ends the run";

  private final RunPlan plan;
  private final RunBook book;
  private final @Nullable String requester;

  Decisions(RunPlan plan, RunBook book, @Nullable String requester) {
    this.plan = plan;
    this.book = book;
    this.requester = requester;
  }

  /** What a decision leads to, before it is written down. */
  private record Verdict(boolean obeyed, String sentence) {
    static Verdict obeyed(String sentence) {
      return new Verdict(true, sentence);
    }

    static Verdict refused(String because) {
      return new Verdict(false, because);
    }
  }

  Ruling decide(@Nullable Decision decision, Instant now) {
    if (decision == null) {
      return record(new Ruling(now, "", null, false, "it says nothing"));
    }
    Verdict verdict = otherRun(decision).orElseGet(() -> look(decision, now));
    return record(
        new Ruling(now, decision.verb(), decision.by(), verdict.obeyed(), verdict.sentence()));
  }

  private Ruling record(Ruling ruling) {
    book.rule(ruling);
    return ruling;
  }

  private Optional<Verdict> otherRun(Decision decision) {
    return decision.run() == null || decision.run().equals(book.run())
        ? Optional.empty()
        : Optional.of(
            Verdict.refused(
                "it is meant for run "
                    + decision.run()
                    + "; this is run "
                    + book.run()
                    + " of "
                    + book.application()));
  }

  private Verdict look(Decision decision, Instant now) {
    if (book.isEnding() || book.isClosing()) {
      return Verdict.refused("the run is ending: " + book.ending().orElse("it was closed"));
    }
    return switch (decision) {
      case Decision.Approve approve -> approve(approve, now);
      case Decision.Reject reject -> reject(reject);
      case Decision.Retry retry -> retry(retry);
      case Decision.Skip skip -> skip(skip);
      case Decision.Done done -> done(done);
      case Decision.Pause pause -> pause(true);
      case Decision.Resume resume -> pause(false);
      case Decision.Abort abort -> abort(abort);
      case Decision.Close close -> close(now);
      case Decision.Failback failback ->
          Verdict.refused("failing back from a run is not there yet");
    };
  }

  /** The gate a person means; who names none means the only one that is open. */
  private Optional<Gate> openGate(@Nullable String named) {
    if (named == null && book.openGates().size() > 1) {
      return Optional.empty();
    }
    return book.openGates().stream()
        .filter(gate -> named == null || gate.id().equals(named))
        .findFirst();
  }

  private Verdict noGate(@Nullable String named) {
    if (named != null && book.gate(named).isPresent()) {
      return Verdict.refused("gate '" + named + "' is closed already");
    }
    String open =
        book.openGates().isEmpty()
            ? "no gate is open"
            : "open is " + String.join(", ", book.openGates().stream().map(Gate::id).toList());
    if (named == null) {
      return Verdict.refused(book.openGates().isEmpty() ? open : "name the gate: " + open);
    }
    return Verdict.refused(
        isGate(named)
            ? "gate '" + named + "' is not open yet"
            : "there is no gate '" + named + "'; " + open);
  }

  private boolean isGate(String step) {
    return plan.step(step).filter(each -> RunPlan.kind(each).isApproval()).isPresent();
  }

  private Verdict approve(Decision.Approve approve, Instant now) {
    Optional<Gate> open = openGate(approve.gate());
    if (open.isEmpty()) {
      return noGate(approve.gate());
    }
    Gate gate = open.get();
    String who = approve.by() == null ? "" : approve.by();
    Optional<String> objection = objection(gate, who);
    if (objection.isPresent()) {
      return Verdict.refused(objection.get());
    }
    Gate after = gate.agreedBy(who, approve.acceptUnfenced());
    book.open(after);
    if (after.open()) {
      return Verdict.obeyed(
          after.agreed().size() + " of " + gate.quorum() + " agreed at gate '" + gate.id() + "'");
    }
    if (after.acceptsUnfenced()) {
      book.acceptUnfenced();
    }
    book.decided(now);
    book.answer(gate.id(), approve);
    return Verdict.obeyed("gate '" + gate.id() + "' is approved");
  }

  private Optional<String> objection(Gate gate, String who) {
    Optional<Control.Approval> rules = approval(gate.id());
    List<String> approvers = rules.map(Control.Approval::approvers).orElse(List.of());
    if (!approvers.isEmpty() && !approvers.contains(who)) {
      return Optional.of(
          (who.isEmpty() ? "an approval without a name" : "'" + who + "'")
              + " does not count at gate '"
              + gate.id()
              + "'; it takes "
              + String.join(", ", approvers));
    }
    if (gate.agreed().contains(who)) {
      return Optional.of(
          (who.isEmpty() ? "somebody without a name" : "'" + who + "'") + " agreed already");
    }
    boolean own = rules.isPresent() && !rules.get().requesterMayApprove();
    if (own && !who.isEmpty() && who.equals(requester)) {
      return Optional.of(
          "'" + who + "' started the run and does not count at gate '" + gate.id() + "'");
    }
    return Optional.empty();
  }

  private Optional<Control.Approval> approval(String gate) {
    return plan.step(gate)
        .flatMap(
            step -> Binding.bind(RunPlan.kind(step), step.with(), plan.words(book), gate).value())
        .filter(Control.Approval.class::isInstance)
        .map(Control.Approval.class::cast);
  }

  private Verdict reject(Decision.Reject reject) {
    Optional<Gate> open = openGate(reject.gate());
    if (open.isEmpty()) {
      return noGate(reject.gate());
    }
    String why = reject.comment() == null ? "rejected" : "rejected: " + reject.comment();
    Gate gate = open.get();
    book.open(gate.forgetting(false));
    if (book.anythingChanged()) {
      book.answer(gate.id(), reject);
      return Verdict.obeyed(
          "gate '" + gate.id() + "' is " + why + "; changes were made before, so it blocks");
    }
    book.end(Outcome.REJECTED, why, false);
    return Verdict.obeyed("the run ends, " + why + "; nothing was changed");
  }

  private Optional<Verdict> notBlocked(@Nullable String step) {
    if (step == null) {
      return Optional.of(Verdict.refused("it names no step"));
    }
    if (!book.has(step)) {
      Optional<String> nearest =
          Nearest.to(step, book.steps().stream().map(StepState::id).toList());
      return Optional.of(
          Verdict.refused(
              "there is no step '"
                  + step
                  + "'"
                  + nearest.map(word -> "; did you mean '" + word + "'?").orElse("")));
    }
    if (book.isAnswered(step)) {
      return Optional.of(Verdict.refused("step '" + step + "' was decided on already"));
    }
    return book.is(step, Status.BLOCKED)
        ? Optional.empty()
        : Optional.of(
            Verdict.refused(
                "step '"
                    + step
                    + "' is not blocked, it is "
                    + Shapes.word(book.step(step).status())));
  }

  private Verdict retry(Decision.Retry retry) {
    Optional<Verdict> refused = notBlocked(retry.step());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (retry.adopt() && retry.anew()) {
      return Verdict.refused("it begins anew or it takes over what is there, not both");
    }
    if (isGate(retry.step()) && !retry.set().isEmpty()) {
      return Verdict.refused("the rules of a gate are not changed while the run goes on");
    }
    List<String> fields =
        plan.step(retry.step()).stream()
            .flatMap(step -> RunPlan.kind(step).fields().fields().stream())
            .map(Shape.Slot::name)
            .toList();
    for (String field : retry.set().keySet()) {
      if (!fields.contains(field)) {
        return Verdict.refused(
            "step '"
                + retry.step()
                + "' has no field '"
                + field
                + "'; it has "
                + String.join(", ", fields));
      }
    }
    book.answer(retry.step(), retry);
    return Verdict.obeyed("step '" + retry.step() + "' is tried again" + how(retry));
  }

  private static String how(Decision.Retry retry) {
    if (retry.anew()) {
      return ", anew";
    }
    return retry.adopt() ? ", and takes over what an earlier run left" : "";
  }

  private Verdict skip(Decision.Skip skip) {
    Optional<Verdict> refused = notBlocked(skip.step());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (isGate(skip.step())) {
      return Verdict.refused(ONLY_PEOPLE);
    }
    Set<String> missing = new TreeSet<>(plan.stillRead(skip.step(), book));
    missing.removeAll(skip.outputs().keySet());
    if (!missing.isEmpty()) {
      return Verdict.refused(
          "steps still to come read "
              + String.join(", ", missing)
              + " of '"
              + skip.step()
              + "': give them as outputs");
    }
    book.answer(skip.step(), skip);
    return Verdict.obeyed("step '" + skip.step() + "' is skipped");
  }

  private Verdict done(Decision.Done done) {
    Optional<Verdict> refused = notBlocked(done.step());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (isGate(done.step())) {
      return Verdict.refused(ONLY_PEOPLE);
    }
    book.answer(done.step(), done);
    return Verdict.obeyed(
        "step '" + done.step() + "' is looked at; a look must confirm that it is done");
  }

  private Verdict pause(boolean on) {
    if (book.isPaused() == on) {
      return Verdict.refused(on ? "the run is paused already" : "the run is not paused");
    }
    book.pause(on);
    return Verdict.obeyed(
        on ? "nothing new is started; what is under way goes on" : "the run goes on");
  }

  private Verdict abort(Decision.Abort abort) {
    if (book.phase() == Phase.FAILING_BACK) {
      return Verdict.refused("aborting a failback is not there yet");
    }
    if (book.phase() == Phase.SERVING) {
      return Verdict.refused(
          "the application serves from the recovery Region: close the run, or fail back");
    }
    if (abort.rollback() && plan.trafficMoved(book)) {
      return Verdict.refused("traffic was moved already: the way back is failback");
    }
    book.end(Outcome.ABORTED, "aborted: " + abort.reason(), abort.rollback());
    return Verdict.obeyed(
        abort.rollback()
            ? "nothing new is started; what was made is undone, newest first"
            : "nothing new is started; changes under way end, the rest stays as it is");
  }

  private Verdict close(Instant now) {
    if (book.phase() != Phase.SERVING) {
      return Verdict.refused("only a recovered run is closed; this one is in " + book.phase());
    }
    book.close(now);
    return Verdict.obeyed("the run is closed; the application stays where it is");
  }
}
