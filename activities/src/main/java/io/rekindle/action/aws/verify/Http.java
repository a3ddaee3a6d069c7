package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.action.aws.net.Web;
import io.rekindle.action.aws.net.WebAnswer;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

@Singleton
final class Http implements LookingHandler<Verify.Http> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Web web;
  private final Sightings sightings;

  Http(Web web, Sightings sightings) {
    this.web = web;
    this.sightings = sightings;
  }

  @Override
  public Class<Verify.Http> declaration() {
    return Verify.Http.class;
  }

  @Override
  public Observation observe(Work<Verify.Http> work) {
    Verify.Http with = work.with();
    Optional<String> lack = lack(work);
    if (lack.isPresent()) {
      sightings.end(work.call());
      throw work.underWay(lack.get(), with.interval());
    }
    int passed = sightings.saw(work.call(), "a pass").times();
    if (passed < with.passes()) {
      throw work.underWay(
          "%s passed %d of %d times in a row".formatted(asked(with), passed, with.passes()),
          with.interval());
    }
    sightings.end(work.call());
    return Settled.of(new Verify.Http.Outputs(with.expect()));
  }

  /** Asks once. Why it does not pass; empty when it does. */
  private Optional<String> lack(Work<Verify.Http> work) {
    Verify.Http with = work.with();
    try {
      WebAnswer answer =
          web.get(with.url(), Optional.ofNullable(with.name()), work.timeFor(PATIENCE));
      return lack(with, answer).map(lack -> asked(with) + " " + lack);
    } catch (IOException silence) {
      return Optional.of(asked(with) + ": " + Silence.of(silence).words());
    }
  }

  private static Optional<String> lack(Verify.Http with, WebAnswer answer) {
    if (answer.status() != with.expect()) {
      return Optional.of("answers status %d, not %d".formatted(answer.status(), with.expect()));
    }
    return with.contains() == null || answer.body().contains(with.contains())
        ? Optional.empty()
        : Optional.of(
            "answers status %d, but without '%s' in the body"
                .formatted(answer.status(), with.contains()));
  }

  private static String asked(Verify.Http with) {
    return with.url() + (with.name() == null ? "" : " (asked for " + with.name() + ")");
  }

  /** What is only started by the recovery cannot answer before. */
  @Override
  public Readiness check(Work<Verify.Http> work) {
    return new Readiness(
        true, lack(work).orElseGet(() -> asked(work.with()) + " passes already"), null);
  }
}
