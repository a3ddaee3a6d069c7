package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Which load balancers forward to which target groups: by their listeners and all rules. */
record AlbForwarding(Client client) {
  static final String SERVICE = "elasticloadbalancing";
  private static final String VERSION = "2015-12-01";

  static AlbForwarding seenBy(Request request, Cloud next) {
    return new AlbForwarding(Client.as(request, next));
  }

  /** The load balancers of each target group that has any. */
  Map<String, Set<String>> balancersByGroup() {
    Map<String, Set<String>> all = new TreeMap<>();
    all("DescribeLoadBalancers", Map.of(), "LoadBalancerArn")
        .forEach(balancer ->
            listeners(balancer)
                .flatMap(this::groups)
                .forEach(
                    group -> all.computeIfAbsent(group, first -> new TreeSet<>()).add(balancer)));
    return all;
  }

  private Stream<String> listeners(String balancer) {
    return all("DescribeListeners", Map.of("LoadBalancerArn", balancer), "ListenerArn");
  }

  private Stream<String> groups(String listener) {
    return all("DescribeRules", Map.of("ListenerArn", listener), "TargetGroupArn");
  }

  /** The load balancer of a listener; empty where there is no such listener. */
  Stream<String> balancerOf(String listener) {
    return client
            .form(SERVICE, VERSION, "DescribeListeners", Map.of("ListenerArns.member.1", listener))
            .succeeded()
        ? all("DescribeListeners", Map.of("ListenerArns.member.1", listener), "LoadBalancerArn")
        : Stream.empty();
  }

  /** The listener itself. */
  Stream<Element> listener(String arn) {
    return Xml.all(
            client.query(
                SERVICE, VERSION, "DescribeListeners", Map.of("ListenerArns.member.1", arn)),
            "member")
        .stream()
        .filter(each -> Xml.child(each, "ListenerArn").isPresent());
  }

  boolean hasGroup(String arn) {
    return client
        .form(SERVICE, VERSION, "DescribeTargetGroups", Map.of("TargetGroupArns.member.1", arn))
        .succeeded();
  }

  private Stream<String> all(String operation, Map<String, String> fields, String element) {
    return Xml.all(client.query(SERVICE, VERSION, operation, fields), element).stream()
        .map(Element::getTextContent);
  }
}
