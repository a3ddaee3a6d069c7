package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

@Singleton
final class Sql implements LookingHandler<Verify.Sql> {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final String LESS = "Ask for less, such as max(id) (retry --set query=…)";

  private final Sightings sightings;

  Sql(Sightings sightings) {
    this.sightings = sightings;
  }

  @Override
  public Class<Verify.Sql> declaration() {
    return Verify.Sql.class;
  }

  @Override
  public Observation observe(Work<Verify.Sql> work) {
    Query query = new Query(database(work), work.with().query());
    Optional<Login> login = query.database().login();
    if (login.isEmpty()) {
      return new Broken(query.database().noLogin());
    }
    try {
      Optional<Long> number = query.run(login.get());
      return number.isPresent()
          ? judged(work, query, number.get())
          : new Broken(query + " must return one whole number");
    } catch (SQLException failure) {
      sightings.end(work.call());
      return query.database().failed(failure, query.toString(), LESS, LOOK);
    }
  }

  private Observation judged(Work<Verify.Sql> work, Query query, long number) {
    Verify.Sql with = work.with();
    Sightings.Row row = sightings.saw(work.call(), String.valueOf(number));
    Optional<String> lack = lack(with, number);
    if (lack.isPresent()) {
      throw work.underWay("%s gave %d, %s".formatted(query, number, lack.get()), LOOK);
    }
    if (with.unchangedFor() != null && !row.hasHeld(work.pace().of(with.unchangedFor()))) {
      throw work.underWay(
          "%s has been %d for %s".formatted(query, number, row.heldOf(with.unchangedFor())), LOOK);
    }
    sightings.end(work.call());
    return Settled.of(new Verify.Sql.Outputs(number));
  }

  private static Optional<String> lack(Verify.Sql with, long number) {
    if (with.atLeast() != null && number < with.atLeast()) {
      return Optional.of("which is less than " + with.atLeast());
    }
    return with.exactly() != null && number != with.exactly()
        ? Optional.of("not " + with.exactly())
        : Optional.empty();
  }

  @Override
  public Readiness check(Work<Verify.Sql> work) {
    return database(work).check();
  }

  private static Database database(Work<Verify.Sql> work) {
    return new Database(work, work.with().url(), work.with().secret());
  }
}
