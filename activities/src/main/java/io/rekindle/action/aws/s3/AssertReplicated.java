package io.rekindle.action.aws.s3;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.S3;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether what the other Region writes arrives here, and how long ago it last did. */
@Singleton
final class AssertReplicated implements LookingHandler<S3.AssertReplicated> {
  @Override
  public Class<S3.AssertReplicated> declaration() {
    return S3.AssertReplicated.class;
  }

  @Override
  public Observation observe(Work<S3.AssertReplicated> work) {
    Canary canary = Canary.look(work);
    return canary
        .lack()
        .<Observation>map(Broken::new)
        .orElseGet(() ->
            Settled.of(
                new S3.AssertReplicated.Outputs(
                    work.with().bucket(), canary.status(), new Recovered(canary.written()))));
  }

  @Override
  public Readiness check(Work<S3.AssertReplicated> work) {
    Canary canary = Canary.look(work);
    Optional<String> lack = canary.lack();
    return lack.isPresent()
        ? new Readiness(false, lack.get(), null)
        : new Readiness(
            true,
            canary.it() + " was written at " + canary.written(),
            new RecoveryPoint(work.with().bucket(), canary.written()));
  }
}
