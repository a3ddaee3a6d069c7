package io.rekindle.simulator.seed;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A hosted zone of Route 53. */
public record HostedZone(Client client, String id) {
  public static HostedZone create(Client client, String domain) {
    String id =
        create(
            client,
            "HostedZone",
            """
            <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
            <Name>%s</Name><CallerReference>%s</CallerReference></CreateHostedZoneRequest>\
            """
                .formatted(domain, domain));
    return new HostedZone(client, id.replace("/hostedzone/", ""));
  }

  /** Lets a name lead to a load balancer. */
  public void lead(String name, Balancer balancer) {
    client.route53(
        "POST",
        "/hostedzone/" + id + "/rrset",
        "ChangeResourceRecordSets",
        """
        <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
        <ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>%s</Name>\
        <Type>A</Type><AliasTarget><HostedZoneId>%s</HostedZoneId><DNSName>%s</DNSName>\
        <EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>\
        </Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>\
        """
            .formatted(name, balancer.zone(), balancer.name()));
  }

  /** The DNS name that a name is an alias of; empty where there is none. */
  public String target(String name) {
    return Xml.all(
            client.route53("GET", "/hostedzone/" + id + "/rrset", "ListResourceRecordSets", ""),
            "ResourceRecordSet")
        .stream()
        .filter(set -> Xml.text(set, "Name").equals(name + "."))
        .flatMap(set -> alias(set).stream())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> alias(Element set) {
    return Xml.child(set, "AliasTarget").map(alias -> Xml.text(alias, "DNSName"));
  }

  /** A health check of a public name; gives its id. */
  public static String healthCheck(Client client, String name) {
    return create(
        client,
        "HealthCheck",
        """
        <CreateHealthCheckRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
        <CallerReference>%s</CallerReference><HealthCheckConfig><Port>443</Port>\
        <Type>HTTPS</Type><ResourcePath>/health</ResourcePath>\
        <FullyQualifiedDomainName>%s</FullyQualifiedDomainName>\
        <RequestInterval>30</RequestInterval><FailureThreshold>3</FailureThreshold>\
        </HealthCheckConfig></CreateHealthCheckRequest>\
        """
            .formatted(name, name));
  }

  /** Gives its id. */
  private static String create(Client client, String what, String body) {
    String path = "/" + what.toLowerCase(Locale.ROOT);
    Document created = client.route53("POST", path, "Create" + what, body);
    return Xml.text(Xml.all(created, what).getFirst(), "Id");
  }
}
