package io.rekindle.action.aws.probe;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.cloudwatch.Alarms;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class Alarm implements ProbingHandler<Probe.Alarm> {
  @Override
  public Class<Probe.Alarm> declaration() {
    return Probe.Alarm.class;
  }

  @Override
  public Outputs outputs(String seen) {
    return new Probe.Alarm.Outputs(seen);
  }

  @Override
  public Evidence look(Work<Probe.Alarm> work) {
    String it = "the alarm %s in %s".formatted(work.with().name(), work.call().region());
    Alarms.Alarm alarm =
        Alarms.of(work).named(List.of(work.with().name())).stream()
            .findFirst()
            .orElseThrow(() -> Evidence.none(it + " does not exist"));
    return switch (alarm.state()) {
      case "OK" -> Evidence.healthy(alarm.inWords());
      case "ALARM" -> Evidence.failing("%s is %s".formatted(it, alarm.inWords()));
      default -> throw Evidence.none("%s is %s: it has no data".formatted(it, alarm.inWords()));
    };
  }
}
