package io.rekindle.simulator.seed;

import io.rekindle.simulator.wire.Client;
import java.util.List;
import java.util.Map;

/** A service of ECS behind a load balancer. */
public record Service(String cluster, String name) {
  private static final String ECS = "AmazonEC2ContainerServiceV20141113";
  private static final String CONTAINER = "web";

  /**
   * @param image what its tasks run
   * @param tasks how many
   */
  public void create(Ground ground, String image, int tasks, String targetGroup) {
    cluster(ground.client());
    ask(
        ground.client(),
        "RegisterTaskDefinition",
        Map.of(
            "family",
            name,
            "networkMode",
            "awsvpc",
            "containerDefinitions",
            List.of(Map.of("name", CONTAINER, "image", image, "memory", 512))));
    Map<String, ?> network =
        Map.of(
            "subnets", ground.subnets(), "securityGroups", List.of(ground.securityGroup("tasks")));
    ask(
        ground.client(),
        "CreateService",
        Map.of(
            "cluster",
            cluster,
            "serviceName",
            name,
            "taskDefinition",
            name,
            "desiredCount",
            tasks,
            "loadBalancers",
            List.of(
                Map.of(
                    "targetGroupArn",
                    targetGroup,
                    "containerName",
                    CONTAINER,
                    "containerPort",
                    80)),
            "networkConfiguration",
            Map.of("awsvpcConfiguration", network)));
  }

  /** Lets it be scaled by itself within limits. */
  public void limit(Client client, int min, int max) {
    client.json(
        "application-autoscaling",
        "AnyScaleFrontendService",
        "RegisterScalableTarget",
        Map.of(
            "ServiceNamespace",
            "ecs",
            "ResourceId",
            "service/" + cluster + "/" + name,
            "ScalableDimension",
            "ecs:service:DesiredCount",
            "MinCapacity",
            min,
            "MaxCapacity",
            max));
  }

  /** Where a cluster has no list of tags, the emulator cannot tell what has which. */
  private void cluster(Client client) {
    ask(client, "CreateCluster", Map.of("clusterName", cluster, "tags", List.of()));
  }

  /** How many tasks run. */
  public int running(Client client) {
    return client
        .json("ecs", ECS, "DescribeServices", Map.of("cluster", cluster, "services", List.of(name)))
        .at("/services/0/runningCount")
        .asInt();
  }

  private static void ask(Client client, String operation, Map<String, ?> content) {
    client.json("ecs", ECS, operation, content);
  }
}
