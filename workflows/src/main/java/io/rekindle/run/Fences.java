package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Durations;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a run knows of its fences: which hold, which people do without, and which are tried on. */
final class Fences {
  private final RunBook book;

  Fences(RunBook book) {
    this.book = book;
  }

  /** Whether the old side is shut off there; what was left out of the run is not. */
  boolean holds(Step fence) {
    return book.has(fence.id()) && book.is(fence.id(), Status.DONE);
  }

  /** Whether a person accepted that this fence may not hold. */
  boolean isWaived(Step fence) {
    return book.state().unfenced() || book.state().waived().contains(fence.id());
  }

  void acceptUnfenced() {
    book.change(draft -> draft.unfenced = true);
  }

  void waive(List<Step> fences) {
    book.change(draft ->
        fences.stream()
            .map(Step::id)
            .filter(fence -> !draft.waived.contains(fence))
            .forEach(draft.waived::add));
  }

  /** All of them hold. */
  void hold(Instant at) {
    book.change(draft -> draft.clocks = draft.clocks.withFenced(at));
  }

  /** The run goes on without it, and it is tried until it holds. */
  void leaveOpen(String fence, Instant at) {
    book.change(draft -> draft.openFences.put(fence, new OpenFence(fence, at, null)));
  }

  List<OpenFence> open() {
    return book.state().openFences();
  }

  Optional<OpenFence> open(String fence) {
    return open().stream().filter(each -> each.fence().equals(fence)).findFirst();
  }

  /** Only a person can make it go on. */
  void await(String fence, String why) {
    replace(fence, was -> new OpenFence(fence, was.since(), why));
  }

  /** It is tried again. */
  void goOn(String fence) {
    replace(fence, was -> new OpenFence(fence, was.since(), null));
  }

  private void replace(String fence, UnaryOperator<OpenFence> how) {
    book.change(draft -> draft.openFences.computeIfPresent(fence, (id, was) -> how.apply(was)));
  }

  /** It holds, or a person answers for it. */
  void close(String fence) {
    book.change(draft -> draft.openFences.remove(fence));
  }

  /** Why traffic does not return yet. */
  Optional<String> objection(Instant now) {
    return open().stream().findFirst().map(open -> objection(open, now));
  }

  private String objection(OpenFence open, Instant now) {
    String tries =
        open.waits() == null
            ? "it is tried until it holds, for %s by now (%s)"
                .formatted(
                    Durations.format(Duration.between(open.since(), now)),
                    book.step(open.fence()).note())
            : "it waits for a person: %s; `rekindle retry %s %s` tries it again"
                .formatted(open.waits(), book.application(), open.fence());
    return ("the fence '%s' does not hold yet, and traffic does not return while the old side may"
            + " take writes; %s. Where it is shut off otherwise, say so: `rekindle skip %s %s"
            + " --reason …`")
        .formatted(open.fence(), tries, book.application(), open.fence());
  }
}
