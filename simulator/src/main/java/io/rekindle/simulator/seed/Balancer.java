package io.rekindle.simulator.seed;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * A load balancer.
 *
 * @param name its DNS name
 * @param zone the hosted zone of that name
 */
public record Balancer(String arn, String name, String zone) {
  private static final String SERVICE = "elasticloadbalancing";
  private static final String ELB = "2015-12-01";

  public static Balancer create(Ground ground, String called) {
    Element made =
        Xml.all(
                ground
                    .client()
                    .query(
                        SERVICE,
                        ELB,
                        "CreateLoadBalancer",
                        Map.of(
                            "Name", called,
                            "Subnets.member.1", ground.subnets().getFirst(),
                            "Subnets.member.2", ground.subnets().getLast())),
                "member")
            .stream()
            .filter(member -> Xml.child(member, "DNSName").isPresent())
            .findFirst()
            .orElseThrow();
    return new Balancer(
        Xml.text(made, "LoadBalancerArn"),
        Xml.text(made, "DNSName"),
        Xml.text(made, "CanonicalHostedZoneId"));
  }

  /** What metrics call it. */
  public String metric() {
    return arn.substring(arn.indexOf("app/"));
  }

  /** Gives its ARN. */
  public static String targetGroup(Ground ground, String called) {
    return Xml.all(
            ground
                .client()
                .query(
                    SERVICE,
                    ELB,
                    "CreateTargetGroup",
                    Map.of(
                        "Name", called,
                        "Protocol", "HTTP",
                        "Port", "80",
                        "VpcId", ground.vpc(),
                        "TargetType", "ip")),
            "TargetGroupArn")
        .getFirst()
        .getTextContent();
  }

  /** Lets it lead to a target group. */
  public void forward(Client client, String targetGroup) {
    client.query(
        SERVICE,
        ELB,
        "CreateListener",
        Map.of(
            "LoadBalancerArn", arn,
            "Protocol", "HTTP",
            "Port", "80",
            "DefaultActions.member.1.Type", "forward",
            "DefaultActions.member.1.TargetGroupArn", targetGroup));
  }
}
