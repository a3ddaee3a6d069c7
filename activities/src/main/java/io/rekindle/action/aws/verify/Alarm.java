package io.rekindle.action.aws.verify;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.cloudwatch.Alarms;
import io.rekindle.plan.step.proof.VerifyAlarms;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Singleton
final class Alarm implements LookingHandler<VerifyAlarms.Alarm> {
  private static final Duration LOOK = Duration.ofSeconds(30);

  @Override
  public Class<VerifyAlarms.Alarm> declaration() {
    return VerifyAlarms.Alarm.class;
  }

  @Override
  public Observation observe(Work<VerifyAlarms.Alarm> work) {
    List<Alarms.Alarm> found = find(work);
    List<String> lacks = Stream.concat(missing(work, found), ill(work, found)).toList();
    if (!lacks.isEmpty()) {
      throw work.underWay(String.join("; ", lacks), LOOK);
    }
    return Settled.of(new VerifyAlarms.Alarm.Outputs(found.size()));
  }

  private static List<Alarms.Alarm> find(Work<VerifyAlarms.Alarm> work) {
    Alarms alarms = Alarms.of(work);
    String prefix = work.with().prefix();
    return prefix == null ? alarms.named(work.with().names()) : alarms.beginningWith(prefix);
  }

  private static Stream<String> missing(Work<VerifyAlarms.Alarm> work, List<Alarms.Alarm> found) {
    if (work.with().prefix() != null) {
      return found.isEmpty()
          ? Stream.of(
              "no alarm in %s has a name that begins with %s"
                  .formatted(work.call().region(), work.with().prefix()))
          : Stream.empty();
    }
    Set<String> there = found.stream().map(Alarms.Alarm::name).collect(Collectors.toSet());
    return work.with().names().stream()
        .filter(name -> !there.contains(name))
        .map(name -> "the alarm %s does not exist in %s".formatted(name, work.call().region()));
  }

  private static Stream<String> ill(Work<VerifyAlarms.Alarm> work, List<Alarms.Alarm> found) {
    return found.stream()
        .filter(alarm -> !alarm.isOk())
        .map(alarm ->
            "the alarm %s in %s is %s%s"
                .formatted(
                    alarm.name(),
                    work.call().region(),
                    alarm.inWords(),
                    alarm.hasData() ? "" : ": see that it follows what was recovered"));
  }

  /** They become right only during the recovery; that they exist can be known before. */
  @Override
  public Readiness check(Work<VerifyAlarms.Alarm> work) {
    List<Alarms.Alarm> found = find(work);
    List<String> missing = missing(work, found).toList();
    return new Readiness(
        missing.isEmpty(),
        missing.isEmpty()
            ? found.stream()
                .map(alarm -> "the alarm %s is %s".formatted(alarm.name(), alarm.state()))
                .collect(Collectors.joining("; "))
            : String.join("; ", missing),
        null);
  }
}
