package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.proof.VerifyCanary;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

@Singleton
final class Canary implements LookingHandler<VerifyCanary.Canary> {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final String TOO_EARLY =
      "A replica may lag; to a copy that was taken before the row was written it never comes";

  @Override
  public Class<VerifyCanary.Canary> declaration() {
    return VerifyCanary.Canary.class;
  }

  @Override
  public Observation observe(Work<VerifyCanary.Canary> work) {
    CanaryRows rows = rows(work);
    Optional<Login> login = rows.database().login();
    if (login.isEmpty()) {
      return new Broken(rows.database().noLogin());
    }
    try {
      return look(work, rows, login.get());
    } catch (SQLException failure) {
      return rows.unread(failure, work.with().token());
    }
  }

  private static Observation look(Work<VerifyCanary.Canary> work, CanaryRows rows, Login login)
      throws SQLException {
    String token = work.with().token();
    Optional<Instant> written = rows.written(login, token);
    if (written.isEmpty()) {
      throw work.underWay(
          "%s is not there; %s. %s".formatted(rows.said(token), others(rows, login), TOO_EARLY),
          LOOK);
    }
    Duration age = Duration.between(written.get(), work.call().now());
    return Settled.of(
        new VerifyCanary.Canary.Outputs(
            written.get(), Durations.format(age.isNegative() ? Duration.ZERO : age)));
  }

  private static String others(CanaryRows rows, Login login) throws SQLException {
    return rows.newest(login)
        .map(time -> "the newest row there was written at " + time)
        .orElse("the table is empty");
  }

  @Override
  public Readiness check(Work<VerifyCanary.Canary> work) {
    return rows(work).database().check();
  }

  private static CanaryRows rows(Work<VerifyCanary.Canary> work) {
    return CanaryRows.of(work, work.with().in());
  }
}
