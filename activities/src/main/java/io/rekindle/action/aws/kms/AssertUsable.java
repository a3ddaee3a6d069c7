package io.rekindle.action.aws.kms;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Kms;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Whether a key is there, is in a state to be used, and lets this role use it. */
@Singleton
final class AssertUsable implements LookingHandler<Kms.AssertUsable> {
  private static final Duration LOOK = Duration.ofSeconds(5);

  @Override
  public Class<Kms.AssertUsable> declaration() {
    return Kms.AssertUsable.class;
  }

  @Override
  public Observation observe(Work<Kms.AssertUsable> work) {
    SeenKey key = SeenKey.of(work);
    Optional<String> lack = key.lack();
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    if (!key.isUsable()) {
      throw work.underWay("%s is '%s'".formatted(key.it(), key.state()), LOOK);
    }
    key.tryOut();
    return Settled.of(new Kms.AssertUsable.Outputs(work.with().key(), key.state()));
  }

  /** A key that is still being made may be usable by the time it is needed, but nobody knows. */
  @Override
  public Readiness check(Work<Kms.AssertUsable> work) {
    SeenKey key = SeenKey.of(work);
    Optional<String> lack = key.lack();
    if (lack.isEmpty() && key.isUsable()) {
      key.tryOut();
    }
    return new Readiness(
        lack.isEmpty() && key.isUsable(),
        lack.orElseGet(() ->
            "%s is '%s'%s"
                .formatted(
                    key.it(), key.state(), key.isUsable() ? ", and this role may use it" : "")),
        null);
  }
}
