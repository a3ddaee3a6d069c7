package io.rekindle.action.aws.cloudwatch;

import io.rekindle.action.aws.Work;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;

/** Alarms as CloudWatch shows them in the Region of a step. */
public record Alarms(CloudWatchClient cloudWatch) {

  /**
   * One alarm, metric or composite.
   *
   * @param state OK, ALARM or INSUFFICIENT_DATA
   */
  public record Alarm(String name, String state, Instant since) {
    public boolean isOk() {
      return state.equals("OK");
    }

    public boolean hasData() {
      return !state.equals("INSUFFICIENT_DATA");
    }

    /** Its state, for a sentence. */
    public String inWords() {
      return state + " since " + since;
    }
  }

  public static Alarms of(Work<?> work) {
    return new Alarms(work.client(CloudWatchClient.class, CloudWatchClient::builder));
  }

  /** Those that exist. */
  public List<Alarm> named(List<String> names) {
    return find(request -> request.alarmNames(names));
  }

  public List<Alarm> beginningWith(String prefix) {
    return find(request -> request.alarmNamePrefix(prefix));
  }

  /** CloudWatch leaves composite alarms out unless it is asked for them. */
  private List<Alarm> find(Consumer<DescribeAlarmsRequest.Builder> which) {
    return cloudWatch
        .describeAlarmsPaginator(request ->
            which.accept(request.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)))
        .stream()
        .flatMap(Alarms::alarms)
        .toList();
  }

  private static Stream<Alarm> alarms(DescribeAlarmsResponse page) {
    return Stream.concat(
        page.metricAlarms().stream()
            .map(each ->
                new Alarm(
                    each.alarmName(), each.stateValueAsString(), each.stateUpdatedTimestamp())),
        page.compositeAlarms().stream()
            .map(each ->
                new Alarm(
                    each.alarmName(), each.stateValueAsString(), each.stateUpdatedTimestamp())));
  }
}
