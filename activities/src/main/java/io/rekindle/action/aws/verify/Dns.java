package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.dns.Answer;
import io.rekindle.action.aws.dns.Answers;
import io.rekindle.action.aws.dns.Values;
import io.rekindle.plan.step.proof.Verify;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;

@Singleton
final class Dns implements LookingHandler<Verify.Dns> {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final io.rekindle.action.aws.dns.Dns servers;

  Dns(io.rekindle.action.aws.dns.Dns servers) {
    this.servers = servers;
  }

  @Override
  public Class<Verify.Dns> declaration() {
    return Verify.Dns.class;
  }

  private Answers answers(Verify.Dns with) {
    return servers.ask(with.name().value(), with.type().value());
  }

  @Override
  public Observation observe(Work<Verify.Dns> work) {
    Verify.Dns with = work.with();
    Predicate<Answer> expected;
    try {
      expected = expected(with);
    } catch (IllegalArgumentException wrong) {
      return new Broken(wrong.getMessage() + ": correct it (retry --set values=...)");
    }
    Answers answers = answers(with);
    if (answers.isSilence() || answers.otherThan(expected).isPresent()) {
      throw work.underWay(
          "%s %s should be %s, but %s"
              .formatted(with.type(), with.name(), wanted(with), answers.inWords()),
          LOOK);
    }
    return Settled.of(
        new Verify.Dns.Outputs(with.name().value(), values(answers), answers.inWords()));
  }

  private static List<String> values(Answers answers) {
    return answers.all().stream()
        .flatMap(answer -> answer.values().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private Predicate<Answer> expected(Verify.Dns with) {
    if (with.sameAs() != null) {
      SortedSet<String> addresses = servers.addresses(with.sameAs().value(), with.type().value());
      return answer -> answer.leadsTo(addresses);
    }
    SortedSet<String> values = Values.of(with.type().value(), with.values());
    return answer -> answer.is(values);
  }

  private static String wanted(Verify.Dns with) {
    return with.sameAs() == null
        ? String.join(", ", with.values())
        : "an address of " + with.sameAs();
  }

  /** DNS moves only during the recovery; that it can be asked is all there is to know before. */
  @Override
  public Readiness check(Work<Verify.Dns> work) {
    return new Readiness(true, answers(work.with()).inWords(), null);
  }
}
