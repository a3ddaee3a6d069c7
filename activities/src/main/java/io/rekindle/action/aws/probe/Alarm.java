package io.rekindle.action.aws.probe;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;

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

  private record State(String word, Instant since) {
    String inWords() {
      return word + " since " + since;
    }
  }

  @Override
  public Evidence look(Work<Probe.Alarm> work) {
    String it = "the alarm %s in %s".formatted(work.with().name(), work.call().region());
    State state = find(work).orElseThrow(() -> Evidence.none(it + " does not exist"));
    return switch (state.word()) {
      case "OK" -> Evidence.healthy(state.inWords());
      case "ALARM" -> Evidence.failing("%s is %s".formatted(it, state.inWords()));
      default -> throw Evidence.none("%s is %s: it has no data".formatted(it, state.inWords()));
    };
  }

  private static Optional<State> find(Work<Probe.Alarm> work) {
    DescribeAlarmsResponse found =
        work.client(CloudWatchClient.class, CloudWatchClient::builder)
            .describeAlarms(request ->
                request
                    .alarmNames(work.with().name())
                    .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
    return Stream.concat(
            found.metricAlarms().stream()
                .map(alarm -> new State(alarm.stateValueAsString(), alarm.stateUpdatedTimestamp())),
            found.compositeAlarms().stream()
                .map(alarm -> new State(alarm.stateValueAsString(), alarm.stateUpdatedTimestamp())))
        .findFirst();
  }
}
