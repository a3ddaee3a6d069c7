package io.rekindle.action.aws.verify;

import static io.rekindle.plan.step.proof.VerifyCanary.WriteCanary.Change.WRITE;

import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.VerifyCanary;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;

@Singleton
final class WriteCanary implements ActionHandler<VerifyCanary.WriteCanary> {
  @Override
  public Class<VerifyCanary.WriteCanary> declaration() {
    return VerifyCanary.WriteCanary.class;
  }

  @Override
  public Observation observe(Work<VerifyCanary.WriteCanary> work) {
    CanaryRows rows = rows(work);
    Optional<Login> login = rows.database().login();
    if (login.isEmpty()) {
      return new Broken(rows.database().noLogin());
    }
    String token = token(work);
    try {
      return rows.written(login.get(), token)
          .<Observation>map(
              written -> Settled.of(new VerifyCanary.WriteCanary.Outputs(token, written)))
          .orElseGet(() -> Due.of(WRITE));
    } catch (SQLException failure) {
      return rows.unread(failure, token);
    }
  }

  @Override
  public void apply(Work<VerifyCanary.WriteCanary> work, Due due) {
    CanaryRows rows = rows(work);
    Login login =
        rows.database().login().orElseThrow(() -> work.refused(rows.database().noLogin()));
    try {
      rows.write(login, token(work));
    } catch (SQLException failure) {
      throw rows.unwritten(failure, token(work));
    }
  }

  /** A rollback that had to reach the database could fail, for a row that harms nobody. */
  @Override
  public void undo(Work<VerifyCanary.WriteCanary> work) {}

  @Override
  public Optional<String> kept(Work<VerifyCanary.WriteCanary> work) {
    return work.isAnswered(WRITE)
        ? Optional.of(rows(work).said(token(work)) + ", which harms nobody")
        : Optional.empty();
  }

  @Override
  public Readiness check(Work<VerifyCanary.WriteCanary> work) {
    return rows(work).check(token(work));
  }

  private static CanaryRows rows(Work<VerifyCanary.WriteCanary> work) {
    return CanaryRows.of(work, work.with().in());
  }

  /** The same for every attempt, and another for whatever else writes into the table. */
  private static String token(Work<VerifyCanary.WriteCanary> work) {
    ActionKey key = work.call().key();
    return String.join("/", key.application(), key.run(), key.step(), "g" + key.generation());
  }
}
