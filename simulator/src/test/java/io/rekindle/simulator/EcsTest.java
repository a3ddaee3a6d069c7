package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

class EcsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(1);
  private static int account;
  private final Aws aws = Aws.of(SIMULATOR, "5000000000" + (10 + account++));
  private final EcsClient ecs = aws.client(EcsClient.builder());
  private final ElasticLoadBalancingV2Client balancers =
      aws.client(ElasticLoadBalancingV2Client.builder());
  private String group = "";
  private String taskDefinition = "";

  @BeforeEach
  void aServiceThatRunsTwoTasks() {
    SIMULATOR.tempo().forget();
    Ec2Client ec2 = aws.client(Ec2Client.builder());
    List<Subnet> subnets = ec2.describeSubnets().subnets();
    String vpc = subnets.getFirst().vpcId();
    String security =
        ec2.createSecurityGroup(it -> it.groupName("tasks").description("tasks").vpcId(vpc))
            .groupId();
    group =
        balancers
            .createTargetGroup(it ->
                it.name("web").protocol("HTTP").port(80).vpcId(vpc).targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    String front =
        balancers
            .createLoadBalancer(
                it -> it.name("web").subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    SIMULATOR.tempo().lasts("CreateListener", Duration.ZERO);
    balancers.createListener(it ->
        it.loadBalancerArn(front)
            .protocol(ProtocolEnum.HTTP)
            .port(80)
            .defaultActions(one -> one.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
    taskDefinition = register();
    ecs.createCluster(it -> it.clusterName("shop"));
    ecs.createService(it ->
        it.cluster("shop")
            .serviceName("web")
            .taskDefinition(taskDefinition)
            .desiredCount(2)
            .loadBalancers(
                balancer -> balancer.targetGroupArn(group).containerName("web").containerPort(80))
            .networkConfiguration(network ->
                network.awsvpcConfiguration(
                    vpcs -> vpcs.subnets(subnets.getFirst().subnetId()).securityGroups(security))));
    await(() -> service().runningCount() == 2);
  }

  @Test
  void scalingTakesItsTimeAndThenAllTasksRunAndAreHealthy() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    scale(3);
    assertThat(service().desiredCount()).isEqualTo(3);
    assertThat(service().runningCount()).isEqualTo(2);
    assertThat(service().pendingCount()).isEqualTo(1);
    assertThat(health()).containsExactly("healthy", "healthy", "initial");
    SIMULATOR.tempo().pass(TIME);
    assertThat(service().runningCount()).isEqualTo(3);
    assertThat(service().pendingCount()).isZero();
    assertThat(primary().runningCount()).isEqualTo(3);
    assertThat(primary().rolloutStateAsString()).isEqualTo("COMPLETED");
    assertThat(health()).containsExactly("healthy", "healthy", "healthy");
  }

  @Test
  void scalingToNothingLeavesNoTarget() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    scale(0);
    assertThat(health()).contains("draining");
    SIMULATOR.tempo().pass(TIME);
    assertThat(service().runningCount()).isZero();
    assertThat(health()).isEmpty();
  }

  @Test
  void aNewTaskDefinitionRollsOutAndIsThenCompleted() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    String next = register();
    ecs.updateService(it -> it.cluster("shop").service("web").taskDefinition(next));
    assertThat(primary().rolloutStateAsString()).isEqualTo("IN_PROGRESS");
    SIMULATOR.tempo().pass(TIME);
    assertThat(primary().rolloutStateAsString()).isEqualTo("COMPLETED");
    assertThat(service().taskDefinition()).isEqualTo(next);
  }

  @Test
  void aDeploymentCanBeMadeToFailAndTheOldTasksStay() {
    SIMULATOR.tempo().lasts("UpdateService", Duration.ZERO);
    SIMULATOR.tempo().endsAs("UpdateService", "FAILED");
    String next = register();
    ecs.updateService(it -> it.cluster("shop").service("web").taskDefinition(next));
    assertThat(primary().rolloutStateAsString()).isEqualTo("FAILED");
    assertThat(primary().rolloutStateReason()).contains("circuit breaker");
    assertThat(primary().failedTasks()).isEqualTo(3);
    assertThat(service().runningCount()).isEqualTo(2);
  }

  @Test
  void tasksThatAScalingAddsCanBeMadeToFailAndSayWhy() {
    SIMULATOR.tempo().lasts("UpdateService", Duration.ZERO);
    SIMULATOR.tempo().endsAs("UpdateService", "FAILED");
    scale(3);
    assertThat(primary().rolloutStateAsString()).isEqualTo("COMPLETED");
    assertThat(primary().failedTasks()).as("of a deployment that had tasks that ran").isZero();
    assertThat(service().runningCount()).isEqualTo(2);
    assertThat(service().events().getFirst().message()).contains("unable");
    assertThat(tasks(DesiredStatus.STOPPED))
        .hasSize(3)
        .allSatisfy(
            task -> assertThat(task.stoppedReason()).startsWith("CannotPullContainerError"));
  }

  @Test
  void theNextScalingActivityRestoresTheLeastCount() {
    SIMULATOR.tempo().lasts("UpdateService", Duration.ZERO);
    limits(1, 3);
    scale(0);
    assertThat(service().desiredCount()).isZero();
    SIMULATOR.tempo().pass(TIME);
    assertThat(service().desiredCount()).isEqualTo(1);
    scale(9);
    SIMULATOR.tempo().pass(TIME);
    assertThat(service().desiredCount()).isEqualTo(3);
    limits(0, 3);
    scale(0);
    SIMULATOR.tempo().pass(TIME);
    assertThat(service().desiredCount()).isZero();
  }

  private void limits(int least, int most) {
    aws.client(ApplicationAutoScalingClient.builder())
        .registerScalableTarget(it ->
            it.serviceNamespace(ServiceNamespace.ECS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .resourceId("service/shop/web")
                .minCapacity(least)
                .maxCapacity(most));
  }

  @Test
  void aTaskThatIsToldToStopCountsNoMoreBeforeItHasStopped() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    scale(0);
    assertThat(service().runningCount()).isEqualTo(2);
    SIMULATOR.tempo().pass(TIME.dividedBy(2));
    assertThat(service().runningCount()).isZero();
    assertThat(tasks(DesiredStatus.STOPPED)).extracting(Task::lastStatus).containsOnly("STOPPING");
    SIMULATOR.tempo().pass(TIME.dividedBy(2));
    assertThat(tasks(DesiredStatus.STOPPED)).extracting(Task::lastStatus).containsOnly("STOPPED");
    assertThat(tasks(DesiredStatus.RUNNING)).isEmpty();
  }

  @Test
  void theSameTaskDefinitionAgainDeploysNothing() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    ecs.updateService(it -> it.cluster("shop").service("web").taskDefinition(taskDefinition));
    assertThat(primary().rolloutStateAsString()).isEqualTo("COMPLETED");
  }

  @Test
  void theSameCountAgainBeginsNothing() {
    SIMULATOR.tempo().lasts("UpdateService", TIME);
    scale(2);
    assertThat(service().runningCount()).isEqualTo(2);
    assertThat(service().pendingCount()).isZero();
  }

  @Test
  void targetsCanBeMadeUnhealthy() {
    SIMULATOR.tempo().endsAs("DescribeTargetHealth", "unhealthy");
    assertThat(health()).containsExactly("unhealthy", "unhealthy");
  }

  @Test
  void aGroupThatDoesNotExistHasNoHealth() {
    String other = group.replace("/web/", "/other/");
    RdsAccount.assertRefused(
        "TargetGroupNotFound",
        400,
        () -> balancers.describeTargetHealth(it -> it.targetGroupArn(other)));
  }

  private String register() {
    return ecs.registerTaskDefinition(it ->
            it.family("web")
                .networkMode(NetworkMode.AWSVPC)
                .containerDefinitions(
                    container -> container.name("web").image("web:1").memory(512)))
        .taskDefinition()
        .taskDefinitionArn();
  }

  private void scale(int count) {
    ecs.updateService(it -> it.cluster("shop").service("web").desiredCount(count));
  }

  private List<Task> tasks(DesiredStatus status) {
    List<String> arns =
        ecs.listTasks(it -> it.cluster("shop").serviceName("web").desiredStatus(status)).taskArns();
    return arns.isEmpty()
        ? List.of()
        : ecs.describeTasks(it -> it.cluster("shop").tasks(arns)).tasks();
  }

  private Service service() {
    return ecs.describeServices(it -> it.cluster("shop").services("web")).services().getFirst();
  }

  private Deployment primary() {
    return service().deployments().getFirst();
  }

  private List<String> health() {
    return balancers
        .describeTargetHealth(it -> it.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .map(target -> target.targetHealth().stateAsString())
        .toList();
  }
}
