package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a handler is told, wherever the plan uses a kind. */
final class Calls {
  /** The characters of what a step was given. */
  private static final int LARGEST = 300_000;

  private final RunPlan plan;
  private final RunBook book;
  private final Words words;

  Calls(RunPlan plan, RunBook book) {
    this.plan = plan;
    this.book = book;
    this.words = Words.of(plan, book);
  }

  Words words() {
    return words;
  }

  /** A look by a probe. */
  ActionCall probe(Plan.Evidence probe) {
    return call(probe, probe.id(), probe.with(), Point.NEWEST, Work.FIRST, null);
  }

  /**
   * @param number tells the messages of a run apart
   */
  ActionCall message(Plan.Notice notice, int number, String news) {
    return call(
        notice,
        "notify." + number,
        notice.with(),
        Point.NEWEST,
        Work.FIRST,
        Limit.SENTENCE.cut(news));
  }

  /** What a step would restore, before anything is pinned. */
  ActionCall check(Step step) {
    Work now = book.step(step.id()).work();
    return call(step, step.id(), given(step, now), wanted(step, now), Work.FIRST, null);
  }

  /**
   * What a step is to do now. It is told what it made of the same thing before: with other fields,
   * perhaps, but under the same generation.
   */
  ActionCall step(Step step) {
    Past past = new Past(step, book.step(step.id()), work -> resolved(step, work));
    return step(step, past.told());
  }

  /** To take back what it made, just as it was made. */
  ActionCall undo(Step step, Work made) {
    return step(step, made);
  }

  private ActionCall step(Step step, Work work) {
    Point point = book.pinned(step.id()).orElse(wanted(step, work));
    String news = step.kind().isMessage() ? Limit.SENTENCE.cut(News.at(book)) : null;
    return call(step, step.id(), given(step, work), point, work, news);
  }

  /** What a person corrected is newer than what was asked for at the start. */
  private Point wanted(Step step, Work work) {
    Point asked = plan.terms().wanted(step.id());
    return step.kind().choosesPoint(work.corrected().keySet())
        ? new Point(null, asked.before())
        : asked;
  }

  /**
   * Whether what a step was given is more than a handler is told, with its expressions replaced.
   */
  boolean isTooLarge(Step step) {
    return Binding.size(given(step, book.step(step.id()).work()), words) > LARGEST;
  }

  /** What a step is given now, as its kind's record. */
  private Bound<Optional<Record>> bind(Step step) {
    return Binding.bind(step.kind(), given(step, book.step(step.id()).work()), words, step.id());
  }

  /** What would be wrong with a step once these fields are corrected, or nothing. */
  Optional<String> misfit(Step step, Map<String, JsonNode> corrections) {
    Map<String, JsonNode> all = new HashMap<>(book.step(step.id()).work().corrected());
    all.putAll(corrections);
    Node with = RunPlan.given(step, all);
    List<Problem> problems =
        new ArrayList<>(Binding.bind(step.kind(), with, words, step.id()).problems());
    problems.addAll(Binding.unknown(Trees.fields(corrections), words, step.id()));
    return problems.isEmpty() ? Optional.empty() : Optional.of(sentence(problems));
  }

  /** What keeps a step from being performed at all: what it was given does not fit its kind. */
  Optional<String> misfit(Step step) {
    Bound<Optional<Record>> bound = bind(step);
    if (bound.whole()) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>(bound.problems());
    problems.addAll(Binding.unknown(given(step, book.step(step.id()).work()), words, step.id()));
    return Optional.of(sentence(problems));
  }

  private static String sentence(List<Problem> problems) {
    return problems.stream().map(Problem::sentence).collect(Collectors.joining("; "));
  }

  /** What a step is given now, as its kind's record; empty where it cannot be read. */
  Optional<Record> given(Step step) {
    return Optional.of(step).map(this::bind).filter(Bound::whole).flatMap(Bound::value);
  }

  /** A control step as its kind's record; empty for all others, and where it cannot be read. */
  Optional<Control> control(Step step) {
    return Optional.of(step)
        .filter(each -> each.kind().isControl())
        .flatMap(this::given)
        .map(Control.class::cast);
  }

  private static Node given(Step step, Work work) {
    return RunPlan.given(step, work.corrected());
  }

  private JsonNode resolved(Step step, Work work) {
    return Trees.json(Binding.resolve(given(step, work), words));
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
        region.isPresent() ? "" : plan.region(Side.RECOVERY).region().value(),
        region.map(Region::role).map(Object::toString).orElse(null),
        point,
        work.adopting(),
        news,
        null,
        work.made(),
        work.answered(),
        work.receipts(),
        work.settled(),
        use instanceof Step step && plan.mayHaveServed(step, book),
        use instanceof Step step && plan.mayLoseNothing(step),
        now());
  }
}
