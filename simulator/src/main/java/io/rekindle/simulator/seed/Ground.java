package io.rekindle.simulator.seed;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** The network of one Region, in which an application is planted, and what needs little else. */
public record Ground(Client client, List<String> subnets, String vpc) {
  private static final String EC2 = "2016-11-15";
  private static final String RDS = "2014-10-31";

  public static Ground of(Client client) {
    List<Element> all =
        Xml.all(client.query("ec2", EC2, "DescribeSubnets", Map.of()), "item").stream()
            .filter(item -> Xml.child(item, "subnetId").isPresent())
            .limit(2)
            .toList();
    return new Ground(
        client,
        all.stream().map(subnet -> Xml.text(subnet, "subnetId")).toList(),
        Xml.text(all.getFirst(), "vpcId"));
  }

  public void subnetGroup(String name) {
    client.query(
        "rds",
        RDS,
        "CreateDBSubnetGroup",
        Map.of(
            "DBSubnetGroupName",
            name,
            "DBSubnetGroupDescription",
            name,
            "SubnetIds.SubnetIdentifier.1",
            subnets.getFirst(),
            "SubnetIds.SubnetIdentifier.2",
            subnets.getLast()));
  }

  /**
   * @param family such as mysql8.0
   */
  public void parameterGroup(String name, String family) {
    client.query(
        "rds",
        RDS,
        "CreateDBParameterGroup",
        Map.of(
            "DBParameterGroupName", name,
            "DBParameterGroupFamily", family,
            "Description", name));
  }

  /** One that lets nobody in. */
  public String securityGroup(String name) {
    return Xml.text(
        client
            .query(
                "ec2",
                EC2,
                "CreateSecurityGroup",
                Map.of("GroupName", name, "GroupDescription", name, "VpcId", vpc))
            .getDocumentElement(),
        "groupId");
  }

  /** One that lets clients in: a group that admits nobody closes a simulated database. */
  public String openGroup(String name, int port) {
    String group = securityGroup(name);
    client.query(
        "ec2",
        EC2,
        "AuthorizeSecurityGroupIngress",
        Map.of(
            "GroupId",
            group,
            "IpPermissions.1.IpProtocol",
            "tcp",
            "IpPermissions.1.FromPort",
            String.valueOf(port),
            "IpPermissions.1.ToPort",
            String.valueOf(port),
            "IpPermissions.1.IpRanges.1.CidrIp",
            "10.0.0.0/8"));
    return group;
  }

  public String key() {
    return client
        .json("kms", "TrentService", "CreateKey", Map.of())
        .at("/KeyMetadata/Arn")
        .asText();
  }

  /** Issued for a name; gives its ARN. */
  public String certificate(String domain) {
    return client
        .json(
            "acm",
            "CertificateManager",
            "RequestCertificate",
            Map.of("DomainName", domain, "ValidationMethod", "DNS"))
        .path("CertificateArn")
        .asText();
  }

  public void topic(String name) {
    client.query("sns", "2010-03-31", "CreateTopic", Map.of("Name", name));
  }

  /** On what a load balancer's targets fail with. */
  public void alarm(String name) {
    client.query(
        "monitoring",
        "2010-08-01",
        "PutMetricAlarm",
        Map.of(
            "AlarmName", name,
            "MetricName", "HTTPCode_Target_5XX_Count",
            "Namespace", "AWS/ApplicationELB",
            "Statistic", "Sum",
            "Period", "60",
            "EvaluationPeriods", "1",
            "Threshold", "5",
            "ComparisonOperator", "GreaterThanThreshold"));
  }
}
