package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The instances of node groups, as Auto Scaling shows them among its other groups. */
record EksInstances(EksNodegroups nodegroups, Tempo tempo) implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.is("autoscaling", "DescribeAutoScalingGroups") || !reply.succeeded()) {
      return reply;
    }
    List<String> asked =
        request.form().entrySet().stream()
            .filter(field -> field.getKey().startsWith("AutoScalingGroupNames.member."))
            .map(Map.Entry::getValue)
            .toList();
    Document answer = Xml.parse(reply.text());
    Element all = Xml.all(answer, "AutoScalingGroups").getFirst();
    nodegroups.groups(request).stream()
        .filter(group -> asked.isEmpty() || asked.contains(group.group()))
        .forEach(group -> show(Xml.added(all, "member"), group, request.region() + "a"));
    return Reply.xml(Xml.print(answer));
  }

  private void show(Element shown, EksScaling group, String zone) {
    EksScaling.Sizes sizes = group.sizes(tempo.now());
    Xml.set(shown, "AutoScalingGroupName", group.group());
    Xml.set(shown, "MinSize", String.valueOf(sizes.min()));
    Xml.set(shown, "MaxSize", String.valueOf(sizes.max()));
    Xml.set(shown, "DesiredCapacity", String.valueOf(sizes.desired()));
    Xml.set(shown, "DefaultCooldown", "300");
    Xml.set(shown, "HealthCheckType", "EC2");
    Xml.set(shown, "CreatedTime", "2026-01-01T00:00:00Z");
    Xml.added(Xml.added(shown, "AvailabilityZones"), "member").setTextContent(zone);
    Element instances = Xml.added(shown, "Instances");
    int running = group.running(tempo.now());
    for (int number = 0; number < Math.max(running, sizes.desired()); number++) {
      String state = number < running ? "InService" : "Pending";
      instance(Xml.added(instances, "member"), number, zone, state);
    }
  }

  private static void instance(Element shown, int number, String zone, String state) {
    Xml.set(shown, "InstanceId", "i-%017x".formatted(number + 1));
    Xml.set(shown, "AvailabilityZone", zone);
    Xml.set(shown, "LifecycleState", state);
    Xml.set(shown, "HealthStatus", "Healthy");
    Xml.set(shown, "ProtectedFromScaleIn", "false");
  }
}
