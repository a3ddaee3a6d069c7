package io.rekindle.run;

import io.rekindle.action.Observation;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.Watch.Look;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a story, as those saw it who stand outside the run.
 *
 * @param said what people said, in their order
 * @param ending how the run ended; absent while it is open
 * @param mishaps what went wrong inside the workflow's own code
 * @param time how the times of all that was seen and said go beside those of the server
 */
record Played(
    RandomStory story,
    List<Entry> log,
    List<Entry> undone,
    List<Look> looks,
    List<Said> said,
    RunState state,
    @Nullable Ending ending,
    List<String> mishaps,
    TimeScale time) {

  /**
   * @param ruling absent when nobody waited for an answer, or none came
   */
  record Said(Instant before, Instant after, Decision decision, @Nullable Ruling ruling) {
    boolean wasRefused() {
      return ruling != null && !ruling.obeyed();
    }

    /** What was answered; blank when nothing was. */
    String sentence() {
      return ruling == null ? "" : ruling.sentence();
    }
  }

  record Ending(String type, String sentence) {}

  /** The steps that take part. */
  StepGraph graph() {
    return StepGraph.of(story.plan().plan().failover()).only(selection()::takes);
  }

  /** The steps of the plan's failover that whoever started the run left out, or its mode did. */
  Selection selection() {
    return Selection.of(
        story.plan().plan(),
        story.mode(),
        story.asked().set(),
        Set.copyOf(story.asked().without()));
  }

  /** A step as its kind's record, as far as it is known before the run. */
  Bound<Optional<Record>> bound(Step step) {
    return Binding.bind(step.kind(), step.with(), this::known, step.id());
  }

  private Node known(Expression.Word word) {
    Node unknown = new Node.Unknown(Place.START);
    if (!(word instanceof Expression.ParameterValue parameter)) {
      return unknown;
    }
    Parameter declared = story.plan().plan().parameters().get(parameter.name());
    String value = selection().parameters().get(parameter.name());
    return declared == null || value == null
        ? unknown
        : new Node.Scalar(Place.START, value, type(declared), true);
  }

  private static Node.ScalarType type(Parameter declared) {
    return declared.type() == Parameter.Type.INTEGER ? Node.ScalarType.WHOLE : Node.ScalarType.TEXT;
  }

  /** What was told to people outside is no change to the application. */
  static boolean isMessage(Entry entry) {
    return Kinds.named(entry.kind()).orElseThrow().isMessage();
  }

  /** The same change, with the same fields. */
  static boolean isAsMade(Entry one, Entry made) {
    return one.key().equals(made.key()) && one.with().equals(made.with());
  }

  /** It was obeyed, however often the run was told to rewind since. */
  boolean isSure(Said said) {
    return said.ruling() != null && said.ruling().obeyed() && !isRewindable();
  }

  /** What was said is said once more to a run that a real server is told to rewind. */
  boolean isRewindable() {
    return !time.equals(TimeScale.SAME);
  }

  boolean wasSettled(String step, Instant before) {
    return looks.stream()
        .filter(look -> look.step().equals(step) && !look.at().isAfter(before))
        .anyMatch(look -> look.seen() instanceof Observation.Settled);
  }

  /** Whether something may have been obeyed by then. */
  <D extends Decision> boolean saidBefore(Class<D> verb, Instant before, Predicate<D> which) {
    return said(verb)
        .filter(said -> !said.wasRefused() && !said.before().isAfter(before))
        .map(said -> verb.cast(said.decision()))
        .anyMatch(which);
  }

  boolean wasSkipped(String step, Instant before) {
    return saidBefore(Decision.Skip.class, before, skip -> skip.step().equals(step));
  }

  boolean wasRefused() {
    return ending != null && ending.type().equals("Refused");
  }

  /** Decisions of a kind that may have been obeyed. */
  <D extends Decision> Stream<Said> said(Class<D> verb) {
    return said.stream().filter(said -> verb.isInstance(said.decision()));
  }
}
