package io.rekindle.action.aws.ecs;

import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A cluster with one service behind a load balancer, and what scales it. */
record EcsWorld(
    EcsClient ecs,
    EcrClient ecr,
    Ec2Client ec2,
    ElasticLoadBalancingV2Client balancers,
    ApplicationAutoScalingClient scaling) {

  static final String REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
  static final String IMAGE = REGISTRY + "/shop/web:1";

  /** As Docker writes it; which layers it has matters to nobody. */
  private static final String MANIFEST =
      """
      {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
       "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1,
        "digest": "sha256:486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7"},
       "layers": []}
      """;

  /** Gives its digest. */
  String push() {
    ecr.createRepository(it -> it.repositoryName("shop/web"));
    Image pushed =
        ecr.putImage(it -> it.repositoryName("shop/web").imageTag("1").imageManifest(MANIFEST))
            .image();
    return pushed.imageId().imageDigest();
  }

  void service(int tasks) {
    List<Subnet> subnets = ec2.describeSubnets().subnets();
    String vpc = subnets.getFirst().vpcId();
    String group =
        balancers
            .createTargetGroup(it ->
                it.name("web").protocol("HTTP").port(80).vpcId(vpc).targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    listener(subnets, group);
    String security =
        ec2.createSecurityGroup(it -> it.groupName("tasks").description("tasks").vpcId(vpc))
            .groupId();
    String definition = taskDefinition();
    ecs.createCluster(it -> it.clusterName("shop"));
    ecs.createService(it ->
        it.cluster("shop")
            .serviceName("web")
            .taskDefinition(definition)
            .desiredCount(tasks)
            .loadBalancers(
                balancer -> balancer.targetGroupArn(group).containerName("web").containerPort(80))
            .networkConfiguration(network ->
                network.awsvpcConfiguration(
                    vpcs -> vpcs.subnets(subnets.getFirst().subnetId()).securityGroups(security))));
  }

  /** ECS takes no target group that has no load balancer, and nobody checks the targets of one. */
  private void listener(List<Subnet> subnets, String group) {
    String balancer =
        balancers
            .createLoadBalancer(
                it -> it.name("web").subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    balancers.createListener(it ->
        it.loadBalancerArn(balancer)
            .protocol(ProtocolEnum.HTTP)
            .port(80)
            .defaultActions(one -> one.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
  }

  String taskDefinition() {
    return taskDefinition(IMAGE);
  }

  String taskDefinition(String image) {
    return ecs.registerTaskDefinition(it ->
            it.family("web")
                .networkMode(NetworkMode.AWSVPC)
                .containerDefinitions(container -> container.name("web").image(image).memory(512)))
        .taskDefinition()
        .taskDefinitionArn();
  }

  void limits(int min, int max) {
    scaling.registerScalableTarget(it ->
        it.serviceNamespace(ServiceNamespace.ECS)
            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
            .resourceId("service/shop/web")
            .minCapacity(min)
            .maxCapacity(max));
  }

  List<ScalableTarget> limits() {
    return scaling
        .describeScalableTargets(it -> it.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets();
  }

  void scale(int tasks) {
    ecs.updateService(it -> it.cluster("shop").service("web").desiredCount(tasks));
  }

  Service look() {
    return ecs.describeServices(it -> it.cluster("shop").services("web")).services().getFirst();
  }
}
