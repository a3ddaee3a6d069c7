package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Durations;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.StepState.Status;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tries on with the fences that the run went on without, until each holds, a person answers for it,
 * or the run is over. The step counts as over meanwhile: nothing waits for it but traffic.
 */
final class FenceWatch {
  private final Run run;
  private final RunBook book;
  private final Fences fences;
  private final Set<String> tended = new HashSet<>();

  FenceWatch(Run run) {
    this.run = run;
    this.book = run.book();
    this.fences = book.fences();
  }

  /** From now on each fence is taken up as soon as the run goes on without it. */
  void begin() {
    Async.procedure(() -> {
      while (true) {
        Workflow.await(() -> !untended().isEmpty());
        untended().forEach(this::tend);
      }
    });
  }

  private List<String> untended() {
    return isOver()
        ? List.of()
        : fences.open().stream()
            .map(OpenFence::fence)
            .filter(fence -> !tended.contains(fence))
            .toList();
  }

  private boolean isOver() {
    return book.isLeaving() || run.isParting();
  }

  /** When the run is over, looks are left and a change that was begun is finished. */
  void awaitRest() {
    Workflow.await(() -> !book.meanwhile().isChanging() && (tended.isEmpty() || !book.isLeaving()));
  }

  private void tend(String fence) {
    tended.add(fence);
    Async.procedure(() -> tend(run.plan().step(fence).orElseThrow()))
        .handle((done, failure) -> {
          tended.remove(fence);
          if (failure != null) {
            fences.await(fence, "bug: " + failure);
          }
          return failure == null;
        });
  }

  private void tend(Step fence) {
    while (isTended(fence)) {
      if (!waits(fence)) {
        settle(fence, new Reconciliation(run, fence).goOn());
      }
      Workflow.await(() -> !isTended(fence) || !waits(fence) || isAnswered(fence));
      book.meanwhile().takeAnswer(fence.id()).ifPresent(answer -> obey(fence, answer));
    }
  }

  private boolean isTended(Step fence) {
    return !isOver() && fences.open(fence.id()).isPresent();
  }

  private boolean isAnswered(Step fence) {
    return book.meanwhile().isAnswered(fence.id());
  }

  private boolean waits(Step fence) {
    return fences.open(fence.id()).map(OpenFence::waits).isPresent();
  }

  private void settle(Step fence, Result result) {
    switch (result) {
      case Result.Finished finished -> {
        String note = late();
        Instant since = since(fence);
        book.change(fence.id(), state -> state.over(Status.DONE, finished.outputs(), since, note));
        holds(fence, note);
      }
      case Result.Stuck stuck when stuck.passes() -> {}
      case Result.Stuck stuck -> {
        fences.await(fence.id(), stuck.why());
        run.notices().tell(News.unfenced(book, fence.id(), stuck.why()));
      }
      case Result.Unfenced unfenced -> {}
      case Result.Left left -> {}
    }
  }

  /** The step was over then; what it achieved later, its note tells. */
  private Instant since(Step fence) {
    return Objects.requireNonNullElse(book.step(fence.id()).ended(), now());
  }

  private void holds(Step fence, String late) {
    fences.close(fence.id());
    if (run.plan().fencesHold(book)) {
      fences.hold(now());
    }
    run.notices().tell(News.fenced(book, fence.id(), late));
  }

  private String late() {
    return "fenced at %s, %s"
        .formatted(
            now().truncatedTo(ChronoUnit.SECONDS),
            run.plan()
                .trafficMovedAt(Section.FAILOVER, book)
                .map(moved ->
                    Durations.format(Duration.between(moved, now())) + " after traffic moved")
                .orElse("before traffic moved"));
  }

  private void obey(Step fence, Decision.AboutStep answer) {
    Instant since = since(fence);
    switch (answer) {
      case Decision.Retry retry -> {
        fences.goOn(fence.id());
        book.change(
            fence.id(),
            state ->
                state
                    .retried(retry, fence.kind().thing())
                    .over(Status.GAVE_UP, Map.of(), since, state.note()));
      }
      case Decision.Skip skip -> {
        book.change(fence.id(), state -> state.skipped(skip, since));
        fences.close(fence.id());
      }
      case Decision.Done done -> confirm(fence, done);
    }
  }

  /** A person says that the old side is shut off; only a look can say so too. */
  private void confirm(Step fence, Decision.Done done) {
    switch (new Reconciliation(run, fence).look()) {
      case Result.Finished finished -> {
        Instant since = since(fence);
        book.change(fence.id(), state -> state.confirmed(done, finished.outputs(), since));
        holds(fence, late());
      }
      case Result.Stuck stuck ->
          book.change(
              fence.id(),
              state -> state.noted("reported as done, but AWS does not show it: " + stuck.why()));
      case Result.Unfenced unfenced -> {}
      case Result.Left left -> {}
    }
  }
}
