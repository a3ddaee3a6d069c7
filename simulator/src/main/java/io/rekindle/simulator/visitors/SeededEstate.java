package io.rekindle.simulator.visitors;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** Makes what the application has in one Region, apart from its data. */
record SeededEstate(Client client, String balancerName, List<String> subnets, String vpc) {
  static final String PARAMETERS = "lampstack-mysql80";
  private static final String EC2 = "2016-11-15";
  private static final String RDS = "2014-10-31";
  private static final String ELB = "2015-12-01";
  private static final String ECS = "AmazonEC2ContainerServiceV20141113";
  private static final String CONTAINER = "web";

  static SeededEstate of(Client client, String balancerName) {
    List<Element> all =
        Xml.all(client.query("ec2", EC2, "DescribeSubnets", Map.of()), "item").stream()
            .filter(item -> Xml.child(item, "subnetId").isPresent())
            .limit(2)
            .toList();
    return new SeededEstate(
        client,
        balancerName,
        all.stream().map(subnet -> Xml.text(subnet, "subnetId")).toList(),
        Xml.text(all.getFirst(), "vpcId"));
  }

  Estate plant(String subnetGroup, int tasks) {
    subnetGroup(subnetGroup);
    subnetGroup("lampstack-drill");
    client.query(
        "rds",
        RDS,
        "CreateDBParameterGroup",
        Map.of(
            "DBParameterGroupName", PARAMETERS,
            "DBParameterGroupFamily", "mysql8.0",
            "Description", "visitor counter"));
    notices();
    Element balancer = balancer();
    service(Xml.text(balancer, "LoadBalancerArn"), tasks);
    return new Estate(
        client.region(),
        key(),
        open(securityGroup("database")),
        securityGroup("verifier"),
        Xml.text(balancer, "DNSName"),
        Xml.text(balancer, "CanonicalHostedZoneId"),
        Xml.text(balancer, "LoadBalancerArn"));
  }

  private void subnetGroup(String name) {
    client.query(
        "rds",
        RDS,
        "CreateDBSubnetGroup",
        Map.of(
            "DBSubnetGroupName",
            name,
            "DBSubnetGroupDescription",
            "visitor counter",
            "SubnetIds.SubnetIdentifier.1",
            subnets.getFirst(),
            "SubnetIds.SubnetIdentifier.2",
            subnets.getLast()));
  }

  private String securityGroup(String name) {
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

  /** Lets clients in: a group that admits nobody closes a simulated database. */
  private String open(String group) {
    client.query(
        "ec2",
        EC2,
        "AuthorizeSecurityGroupIngress",
        Map.of(
            "GroupId", group,
            "IpPermissions.1.IpProtocol", "tcp",
            "IpPermissions.1.FromPort", "3306",
            "IpPermissions.1.ToPort", "3306",
            "IpPermissions.1.IpRanges.1.CidrIp", "10.0.0.0/8"));
    return group;
  }

  private String key() {
    return client
        .json("kms", "TrentService", "CreateKey", Map.of())
        .at("/KeyMetadata/Arn")
        .asText();
  }

  private void notices() {
    client.query("sns", "2010-03-31", "CreateTopic", Map.of("Name", "incidents"));
    client.query(
        "monitoring",
        "2010-08-01",
        "PutMetricAlarm",
        Map.of(
            "AlarmName", "visitor-counter-5xx",
            "MetricName", "HTTPCode_Target_5XX_Count",
            "Namespace", "AWS/ApplicationELB",
            "Statistic", "Sum",
            "Period", "60",
            "EvaluationPeriods", "1",
            "Threshold", "5",
            "ComparisonOperator", "GreaterThanThreshold"));
  }

  private Element balancer() {
    return Xml.all(
            client.query(
                "elasticloadbalancing",
                ELB,
                "CreateLoadBalancer",
                Map.of(
                    "Name", balancerName,
                    "Subnets.member.1", subnets.getFirst(),
                    "Subnets.member.2", subnets.getLast())),
            "member")
        .stream()
        .filter(member -> Xml.child(member, "DNSName").isPresent())
        .findFirst()
        .orElseThrow();
  }

  private String targetGroup(String balancer) {
    String group =
        Xml.all(
                client.query(
                    "elasticloadbalancing",
                    ELB,
                    "CreateTargetGroup",
                    Map.of(
                        "Name", balancerName,
                        "Protocol", "HTTP",
                        "Port", "80",
                        "VpcId", vpc,
                        "TargetType", "ip")),
                "TargetGroupArn")
            .getFirst()
            .getTextContent();
    client.query(
        "elasticloadbalancing",
        ELB,
        "CreateListener",
        Map.of(
            "LoadBalancerArn", balancer,
            "Protocol", "HTTP",
            "Port", "80",
            "DefaultActions.member.1.Type", "forward",
            "DefaultActions.member.1.TargetGroupArn", group));
    return group;
  }

  private void service(String balancer, int tasks) {
    cluster();
    client.json(
        "ecs",
        ECS,
        "RegisterTaskDefinition",
        Map.of(
            "family",
            World.SERVICE,
            "networkMode",
            "awsvpc",
            "containerDefinitions",
            List.of(Map.of("name", CONTAINER, "image", "visitor-counter:1", "memory", 512))));
    Map<String, ?> network =
        Map.of("subnets", subnets, "securityGroups", List.of(securityGroup("tasks")));
    client.json(
        "ecs",
        ECS,
        "CreateService",
        Map.of(
            "cluster",
            World.CLUSTER,
            "serviceName",
            World.SERVICE,
            "taskDefinition",
            World.SERVICE,
            "desiredCount",
            tasks,
            "loadBalancers",
            List.of(
                Map.of(
                    "targetGroupArn",
                    targetGroup(balancer),
                    "containerName",
                    CONTAINER,
                    "containerPort",
                    80)),
            "networkConfiguration",
            Map.of("awsvpcConfiguration", network)));
  }

  /** Where a cluster has no list of tags, the emulator cannot tell what has which. */
  private void cluster() {
    client.json(
        "ecs", ECS, "CreateCluster", Map.of("clusterName", World.CLUSTER, "tags", List.of()));
  }
}
