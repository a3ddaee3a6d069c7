package io.rekindle.action.aws.probe;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.action.aws.net.Web;
import io.rekindle.action.aws.net.WebAnswer;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

@Singleton
final class Http implements ProbingHandler<Probe.Http> {
  private final Web web;

  Http(Web web) {
    this.web = web;
  }

  @Override
  public Class<Probe.Http> declaration() {
    return Probe.Http.class;
  }

  @Override
  public Outputs outputs(String seen) {
    return new Probe.Http.Outputs(seen);
  }

  @Override
  public Evidence look(Work<Probe.Http> work) {
    Probe.Http with = work.with();
    try {
      WebAnswer answer = web.get(with.url(), Optional.empty(), work.timeFor(with.timeout()));
      String seen = "status %d in %d ms".formatted(answer.status(), answer.after().toMillis());
      return answer.status() == with.expect()
          ? Evidence.healthy(seen)
          : Evidence.failing(
              "%s: %s, and %d is expected".formatted(with.url(), seen, with.expect()));
    } catch (IOException failure) {
      Silence silence = Silence.of(failure);
      String words = with.url() + ": " + silence.words();
      if (silence.somebodyAnswered()) {
        return Evidence.failing(words);
      }
      throw Evidence.none(words);
    }
  }
}
