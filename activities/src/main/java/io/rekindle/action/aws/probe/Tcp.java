package io.rekindle.action.aws.probe;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Port;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

@Singleton
final class Tcp implements ProbingHandler<Probe.Tcp> {
  @Override
  public Class<Probe.Tcp> declaration() {
    return Probe.Tcp.class;
  }

  @Override
  public Outputs outputs(String seen) {
    return new Probe.Tcp.Outputs(seen);
  }

  @Override
  public Evidence look(Work<Probe.Tcp> work) {
    Port port = new Port(work.with().host(), work.with().port());
    long start = System.nanoTime();
    try {
      port.open(work.timeFor(work.with().timeout())).close();
      return Evidence.healthy(
          "port %d open after %d ms"
              .formatted(port.number(), Duration.ofNanos(System.nanoTime() - start).toMillis()));
    } catch (IOException failure) {
      Silence silence = Silence.of(failure);
      String words = port + ": " + silence.words();
      if (silence.somebodyAnswered()) {
        return Evidence.failing(words);
      }
      throw Evidence.none(words);
    }
  }
}
