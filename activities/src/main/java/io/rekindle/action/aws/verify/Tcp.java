package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Port;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

@Singleton
final class Tcp implements LookingHandler<Verify.Tcp> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(10);

  @Override
  public Class<Verify.Tcp> declaration() {
    return Verify.Tcp.class;
  }

  private static Port port(Work<Verify.Tcp> work) {
    return new Port(work.with().host(), work.with().port());
  }

  @Override
  public Observation observe(Work<Verify.Tcp> work) {
    try {
      return Settled.of(new Verify.Tcp.Outputs(address(work)));
    } catch (IOException closed) {
      throw work.underWay(port(work) + " is not open: " + Silence.of(closed).words(), LOOK);
    }
  }

  private static String address(Work<Verify.Tcp> work) throws IOException {
    try (Socket connection = port(work).open(work.timeFor(PATIENCE))) {
      return connection.getInetAddress().getHostAddress();
    }
  }

  /** What is only started by the recovery cannot answer before. */
  @Override
  public Readiness check(Work<Verify.Tcp> work) {
    try {
      return new Readiness(true, port(work) + " is open at " + address(work), null);
    } catch (IOException closed) {
      return new Readiness(
          true, port(work) + " is not open now: " + Silence.of(closed).words(), null);
    }
  }
}
