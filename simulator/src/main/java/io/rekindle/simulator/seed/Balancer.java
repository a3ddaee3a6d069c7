package io.rekindle.simulator.seed;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.HashMap;
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
  private static final String TURNS_AWAY = "fixed-response";
  private static final Map<String, String> PLAIN = Map.of("Protocol", "HTTP", "Port", "80");

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
    listen(client, PLAIN, to(targetGroup));
  }

  /** The same, with a certificate; gives the ARN of the listener. */
  public String forward(Client client, String targetGroup, String certificate) {
    return listen(client, certified(certificate), to(targetGroup));
  }

  /** Lets it say that nobody serves; gives the ARN of the listener. */
  public String turnAway(Client client, String certificate) {
    return listen(
        client,
        certified(certificate),
        Map.of(
            "DefaultActions.member.1.Type",
            TURNS_AWAY,
            "DefaultActions.member.1.FixedResponseConfig.StatusCode",
            "503"));
  }

  /** Whether users are turned away by a listener. */
  public static boolean turnsAway(Client client, String listener) {
    return Xml.all(
            client.query(
                SERVICE, ELB, "DescribeListeners", Map.of("ListenerArns.member.1", listener)),
            "Type")
        .stream()
        .anyMatch(type -> type.getTextContent().equals(TURNS_AWAY));
  }

  private static Map<String, String> certified(String certificate) {
    return Map.of(
        "Protocol", "HTTPS", "Port", "443", "Certificates.member.1.CertificateArn", certificate);
  }

  private static Map<String, String> to(String targetGroup) {
    return Map.of(
        "DefaultActions.member.1.Type",
        "forward",
        "DefaultActions.member.1.TargetGroupArn",
        targetGroup);
  }

  private String listen(Client client, Map<String, String> way, Map<String, String> action) {
    Map<String, String> all = new HashMap<>(way);
    all.putAll(action);
    all.put("LoadBalancerArn", arn);
    return Xml.all(client.query(SERVICE, ELB, "CreateListener", all), "ListenerArn")
        .getFirst()
        .getTextContent();
  }
}
