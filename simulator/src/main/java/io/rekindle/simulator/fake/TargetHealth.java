package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The targets of a group are the tasks of its service, and healthy when they run. */
final class TargetHealth implements Fake {
  private final EcsServices services;
  private final Tempo tempo;

  TargetHealth(EcsServices services, Tempo tempo) {
    this.services = services;
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.is("elasticloadbalancing", "DescribeTargetHealth")) {
      return next.answer(request);
    }
    String group = request.need("TargetGroupArn");
    Reply exists =
        Client.as(request, next)
            .form(
                request.service(),
                "2015-12-01",
                "DescribeTargetGroups",
                Map.of("TargetGroupArns.member.1", group));
    return exists.succeeded() ? Reply.xml(described(group)) : exists;
  }

  private String described(String group) {
    EcsServices.Tasks tasks = services.behind(group).orElse(new EcsServices.Tasks(0, 0));
    String told = tempo.end("DescribeTargetHealth");
    String targets =
        IntStream.range(0, Math.max(tasks.running(), tasks.desired()))
            .mapToObj(number -> target(number, told.isEmpty() ? state(number, tasks) : told))
            .collect(Collectors.joining());
    return "<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>"
        + targets
        + "</TargetHealthDescriptions></DescribeTargetHealthResult>"
        + "</DescribeTargetHealthResponse>";
  }

  private static String state(int number, EcsServices.Tasks tasks) {
    if (number >= tasks.running()) {
      return "initial";
    }
    return number < tasks.desired() ? "healthy" : "draining";
  }

  private static String target(int number, String state) {
    return """
    <member><Target><Id>10.0.0.%d</Id><Port>80</Port></Target>\
    <TargetHealth><State>%s</State></TargetHealth></member>\
    """
        .formatted(number + 10, state);
  }
}
