package io.rekindle.worker;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionDispatcher;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * How an attempt at an action ended.
 *
 * @param outcome one word, for metrics
 * @param words for the log; no value of a plan or of AWS that may be a secret
 * @param bug what no handler throws on purpose
 */
record ActionEnd(String outcome, Level level, String words, Optional<Throwable> bug) {

  static ActionEnd of(@Nullable Object answer) {
    return switch (answer) {
      case Observation seen -> seen(seen);
      case Readiness readiness when readiness.ready() -> good("ready", readiness.evidence());
      case Readiness readiness -> bad("notReady", readiness.evidence());
      case null, default -> good("done", "");
    };
  }

  private static ActionEnd seen(Observation seen) {
    return switch (seen) {
      case Due due -> good("due", due.change());
      case Settled settled -> good("settled", "");
      case Foreign foreign -> bad("foreign", foreign.owner());
      case Broken broken -> bad("broken", broken.why());
    };
  }

  static ActionEnd of(RuntimeException thrown) {
    if (!(thrown instanceof ApplicationFailure failure)) {
      return new ActionEnd("bug", Level.ERROR, "bug: " + thrown, Optional.of(thrown));
    }
    if (failure.getType().equals(ActionDispatcher.BUG)) {
      return new ActionEnd(
          "bug",
          Level.ERROR,
          "bug: " + failure.getOriginalMessage(),
          Optional.ofNullable(failure.getCause()));
    }
    if (failure.getCategory() == ApplicationErrorCategory.BENIGN) {
      return end("underWay", Level.DEBUG, failure.getOriginalMessage());
    }
    return bad(failure.isNonRetryable() ? "refused" : "passing", failure.getOriginalMessage());
  }

  private static ActionEnd good(String outcome, String detail) {
    return end(outcome, Level.INFO, detail);
  }

  private static ActionEnd bad(String outcome, String detail) {
    return end(outcome, Level.WARN, detail);
  }

  private static ActionEnd end(String outcome, Level level, String detail) {
    String words = detail.isEmpty() ? outcome : outcome + ": " + detail;
    return new ActionEnd(outcome, level, words, Optional.empty());
  }
}
