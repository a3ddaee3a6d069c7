package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.Rds;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The restarts of instances: there is an event when one is completed. */
final class RdsRestarts implements Fake {
  private static final String CATEGORY = "availability";
  private final Map<Thing, List<Restart>> begun = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsRestarts(Tempo tempo) {
    this.tempo = tempo;
  }

  /**
   * @param at by the clock on the wall, which runs on while time is let pass
   */
  private record Restart(Instant at, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("rds", "DescribeEvents")) {
      return events(request);
    }
    Reply reply = next.answer(request);
    if (request.is("rds", "RebootDBInstance") && reply.succeeded()) {
      Instant until = tempo.end(request.operation(), Rds.Isolate.class, "disconnect");
      begun
          .computeIfAbsent(instance(request), any -> new CopyOnWriteArrayList<>())
          .add(new Restart(Instant.now(), until));
    }
    return reply;
  }

  private static Thing instance(Request request) {
    return Thing.of(request, "db", request.need("DBInstanceIdentifier"));
  }

  private Reply events(Request request) {
    String name = request.need("SourceIdentifier");
    boolean asked =
        request.field("EventCategories.EventCategory.1").filter(CATEGORY::equals).isPresent();
    String events =
        begun.getOrDefault(Thing.of(request, "db", name), List.of()).stream()
            .filter(restart -> asked && !tempo.now().isBefore(restart.until()))
            .map(restart -> event(name, restart))
            .collect(Collectors.joining());
    return Reply.xml(
        "<DescribeEventsResponse><DescribeEventsResult><Events>"
            + events
            + "</Events></DescribeEventsResult></DescribeEventsResponse>");
  }

  private static String event(String name, Restart restart) {
    return """
    <Event><SourceIdentifier>%s</SourceIdentifier><SourceType>db-instance</SourceType>\
    <Message>DB instance restarted</Message><EventCategories><EventCategory>%s</EventCategory>\
    </EventCategories><Date>%s</Date></Event>\
    """
        .formatted(Xml.escaped(name), CATEGORY, restart.at());
  }

  /** Nobody is connected to an instance that is none, once it was restarted. */
  OptionalDouble connections(Metric metric) {
    return metric.of("AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier").stream()
        .filter(id -> begun.containsKey(new Thing(metric.account(), metric.region(), "db", id)))
        .mapToDouble(id -> 0)
        .findFirst();
  }

  @Override
  public void forget() {
    begun.clear();
  }
}
