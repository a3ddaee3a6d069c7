package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Work;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a handler is told, wherever the plan uses a kind. */
final class Calls {
  private final RunPlan plan;
  private final RunBook book;
  private final Words words;

  Calls(RunPlan plan, RunBook book) {
    this.plan = plan;
    this.book = book;
    this.words = new Words(plan, book);
  }

  /** A look by a probe. */
  ActionCall probe(Plan.Evidence probe) {
    return call(probe, probe.id(), probe.with(), Point.NEWEST, Work.FIRST, null);
  }

  /**
   * @param number tells the messages of a run apart
   */
  ActionCall message(Plan.Notice notice, int number, String news) {
    return call(notice, "notify." + number, notice.with(), Point.NEWEST, Work.FIRST, news);
  }

  /** What a step would restore, before anything is pinned. */
  ActionCall check(Step step) {
    return call(step, step.id(), given(step), plan.terms().wanted(step.id()), Work.FIRST, null);
  }

  ActionCall step(Step step) {
    return step(step, book.step(step.id()).work());
  }

  /** The same for what the step made under an earlier generation. */
  ActionCall step(Step step, Work work) {
    Point point = book.pinned(step.id()).orElse(plan.terms().wanted(step.id()));
    String news = step.kind().isMessage() ? News.at(book) : null;
    return call(step, step.id(), given(step), point, work, news);
  }

  /** What a step was given, as its kind's record. */
  Bound<Optional<Record>> bind(Step step) {
    return Binding.bind(step.kind(), given(step), words, step.id());
  }

  /** A control step as its kind's record; empty for all others, and where it cannot be read. */
  Optional<Control> control(Step step) {
    return step.kind().isControl() ? bind(step).value().map(Control.class::cast) : Optional.empty();
  }

  private Node given(Step step) {
    return RunPlan.given(step, book.step(step.id()).corrected());
  }

  private ActionCall call(
      Use use, String id, Node with, Point point, Work work, @Nullable String news) {
    Optional<Region> region = plan.region(use);
    return new ActionCall(
        use.kind().name(),
        Trees.json(Binding.resolve(with, words)),
        new ActionKey(book.application(), book.run(), id, work.generation()),
        plan.terms().drill(),
        region.map(each -> each.region().value()).orElse(""),
        region.map(Region::role).map(Object::toString).orElse(null),
        point,
        work.adopting(),
        news,
        null,
        work.made(),
        work.answered(),
        now());
  }
}
