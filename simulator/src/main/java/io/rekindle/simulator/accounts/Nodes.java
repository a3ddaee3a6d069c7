package io.rekindle.simulator.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;

/** The nodes of an EKS cluster. */
record Nodes(Client client, String group) {
  private static final int MOST = 8;

  static Nodes of(Ground ground, String cluster, int nodes) {
    Client client = ground.client();
    String role =
        "arn:%s:iam::%s:role/eks"
            .formatted(new RegionName(client.region()).partition(), client.caller().account());
    client.restJson(
        "eks",
        "/clusters",
        "CreateCluster",
        Map.of(
            "name",
            cluster,
            "roleArn",
            role,
            "resourcesVpcConfig",
            Map.of("subnetIds", ground.subnets())));
    JsonNode made =
        client.restJson(
            "eks",
            "/clusters/" + cluster + "/node-groups",
            "CreateNodegroup",
            Map.of(
                "nodegroupName",
                "general",
                "nodeRole",
                role,
                "subnets",
                ground.subnets(),
                "scalingConfig",
                Map.of("minSize", nodes, "maxSize", MOST, "desiredSize", nodes)));
    return new Nodes(client, made.at("/nodegroup/resources/autoScalingGroups/0/name").asText());
  }

  /** How many of them are there. */
  int running() {
    return (int)
        Xml.all(
                client.query(
                    "autoscaling",
                    "2011-01-01",
                    "DescribeAutoScalingGroups",
                    Map.of("AutoScalingGroupNames.member.1", group)),
                "LifecycleState")
            .stream()
            .filter(state -> state.getTextContent().equals("InService"))
            .count();
  }
}
