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
import java.util.ArrayList;
import java.util.List;
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
  private Bound<Optional<Record>> bind(Step step) {
    return Binding.bind(step.kind(), given(step), words, step.id());
  }

  /** What keeps a step from being performed at all: what it was given does not fit its kind. */
  Optional<String> misfit(Step step) {
    Bound<Optional<Record>> bound = bind(step);
    if (bound.whole()) {
      return Optional.empty();
    }
    List<String> why = new ArrayList<>();
    bound.problems().forEach(problem -> why.add(problem.sentence()));
    addNameless(given(step), step.id(), why);
    return Optional.of(String.join("; ", why));
  }

  /** An expression that stands for nothing is no mistake of the plan, and so no problem of it. */
  private void addNameless(Node node, String path, List<String> why) {
    switch (node) {
      case Node.Scalar scalar -> {
        if (Binding.resolve(scalar, words) instanceof Node.Unknown) {
          why.add("'" + scalar.text() + "' stands for nothing that is known, in " + path);
        }
      }
      case Node.Items items -> items.nodes().forEach(item -> addNameless(item, path, why));
      case Node.Fields fields ->
          fields.fields().forEach(each -> addNameless(each.value(), path + "." + each.name(), why));
      case Node.Unknown unknown -> {}
    }
  }

  /** A control step as its kind's record; empty for all others, and where it cannot be read. */
  Optional<Control> control(Step step) {
    return Optional.of(step)
        .filter(each -> each.kind().isControl())
        .map(this::bind)
        .filter(Bound::whole)
        .flatMap(Bound::value)
        .map(Control.class::cast);
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
