package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Port;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

@Singleton
final class Tls implements LookingHandler<Verify.Tls> {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Trust trust;

  Tls(Trust trust) {
    this.trust = trust;
  }

  @Override
  public Class<Verify.Tls> declaration() {
    return Verify.Tls.class;
  }

  /**
   * @param good whether it stays valid long enough
   */
  private record Seen(boolean good, String words, Instant notAfter) {}

  @Override
  public Observation observe(Work<Verify.Tls> work) {
    Seen seen = look(work);
    if (!seen.good()) {
      throw work.underWay(seen.words(), LOOK);
    }
    return Settled.of(new Verify.Tls.Outputs(seen.notAfter()));
  }

  private Seen look(Work<Verify.Tls> work) {
    Verify.Tls with = work.with();
    Port port = new Port(with.host(), with.port());
    String name = with.name() == null ? with.host() : with.name().value().replaceFirst("\\.$", "");
    String asked = "the certificate of %s for %s".formatted(port, name);
    try {
      Instant end =
          ServerCertificate.of(port, name, trust, work.timeFor(PATIENCE)).getNotAfter().toInstant();
      boolean good = end.isAfter(Instant.now().plus(with.validFor()));
      String least = good ? "" : ", which is less than " + Durations.format(with.validFor());
      return new Seen(good, asked + " is valid until " + end + least, end);
    } catch (IOException failed) {
      return new Seen(
          false,
          asked + " could not be read or is not valid: " + Silence.of(failed).words(),
          Instant.MIN);
    }
  }

  @Override
  public Readiness check(Work<Verify.Tls> work) {
    Seen seen = look(work);
    return new Readiness(seen.good(), seen.words(), null);
  }
}
