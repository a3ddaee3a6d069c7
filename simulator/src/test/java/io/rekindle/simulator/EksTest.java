package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.Update;
import software.amazon.awssdk.services.eks.model.UpdateStatus;

class EksTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(3);
  private static final String ROLE = "arn:aws:iam::123456789012:role/eks";
  private static int account;
  private final Aws aws = Aws.of(SIMULATOR, "5300000000" + (10 + account++));
  private final EksClient eks = aws.client(EksClient.builder());
  private final AutoScalingClient scaling = aws.client(AutoScalingClient.builder());

  @BeforeEach
  void aGroupThatRunsOneInstance() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("CreateNodegroup", Duration.ZERO);
    SIMULATOR.tempo().lasts("UpdateNodegroupConfig", TIME);
    eks.createCluster(
        it -> it.name("shop").roleArn(ROLE).resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")));
    eks.createNodegroup(it ->
        it.clusterName("shop")
            .nodegroupName("web")
            .nodeRole(ROLE)
            .subnets("subnet-1")
            .scalingConfig(sizes -> sizes.minSize(0).maxSize(4).desiredSize(1)));
  }

  private Nodegroup group() {
    return eks.describeNodegroup(it -> it.clusterName("shop").nodegroupName("web")).nodegroup();
  }

  private Update update(String token, int min, int max, int desired) {
    return eks.updateNodegroupConfig(it ->
            it.clusterName("shop")
                .nodegroupName("web")
                .clientRequestToken(token)
                .scalingConfig(sizes -> sizes.minSize(min).maxSize(max).desiredSize(desired)))
        .update();
  }

  private Update shown(String id) {
    return eks.describeUpdate(it -> it.name("shop").nodegroupName("web").updateId(id)).update();
  }

  private List<LifecycleState> instances() {
    String name = group().resources().autoScalingGroups().getFirst().name();
    return scaling
        .describeAutoScalingGroups(it -> it.autoScalingGroupNames(name))
        .autoScalingGroups()
        .getFirst()
        .instances()
        .stream()
        .map(each -> each.lifecycleState())
        .toList();
  }

  @Test
  void listsWhatThereIs() {
    assertThat(eks.listClusters().clusters()).containsExactly("shop");
    assertThat(eks.listNodegroups(it -> it.clusterName("shop")).nodegroups())
        .containsExactly("web");
    assertThat(eks.describeCluster(it -> it.name("shop")).cluster().name()).isEqualTo("shop");
    assertThat(group().status()).isEqualTo(NodegroupStatus.ACTIVE);
    assertThat(instances()).containsExactly(LifecycleState.IN_SERVICE);
  }

  @Test
  void anUpdateIsOverBeforeItsInstancesAreThere() {
    Update update = update("one", 2, 4, 3);
    assertThat(update.status()).isEqualTo(UpdateStatus.IN_PROGRESS);
    assertThat(group().status()).isEqualTo(NodegroupStatus.UPDATING);
    assertThat(group().scalingConfig().desiredSize()).isEqualTo(1);
    SIMULATOR.tempo().pass(TIME.dividedBy(3));
    assertThat(shown(update.id()).status()).isEqualTo(UpdateStatus.SUCCESSFUL);
    assertThat(group().status()).isEqualTo(NodegroupStatus.ACTIVE);
    assertThat(group().scalingConfig().desiredSize()).isEqualTo(3);
    assertThat(instances())
        .containsExactly(LifecycleState.IN_SERVICE, LifecycleState.PENDING, LifecycleState.PENDING);
    SIMULATOR.tempo().pass(TIME);
    assertThat(instances()).hasSize(3).containsOnly(LifecycleState.IN_SERVICE);
  }

  @Test
  void theSameTokenIsTheSameUpdate() {
    assertThat(update("one", 2, 4, 3).id()).isEqualTo(update("one", 2, 4, 3).id());
  }

  @Test
  void oneUpdateRunsAtATime() {
    update("one", 2, 4, 3);
    RdsAccount.assertRefused("ResourceInUseException", 409, () -> update("two", 0, 4, 2));
  }

  @Test
  void sizesMustFitEachOther() {
    RdsAccount.assertRefused("InvalidParameterException", 400, () -> update("one", 2, 4, 1));
    RdsAccount.assertRefused("InvalidParameterException", 400, () -> update("one", 2, 4, 5));
    RdsAccount.assertRefused("InvalidParameterException", 400, () -> update("one", 0, 0, 0));
  }

  @Test
  void anUpdateThatFailsLeavesTheSizes() {
    SIMULATOR.tempo().endsAs("UpdateNodegroupConfig", "Failed");
    Update update = update("one", 2, 4, 3);
    SIMULATOR.tempo().pass(TIME);
    assertThat(shown(update.id()).status()).isEqualTo(UpdateStatus.FAILED);
    assertThat(shown(update.id()).errors()).isNotEmpty();
    assertThat(group().scalingConfig().desiredSize()).isEqualTo(1);
    assertThat(group().status()).isEqualTo(NodegroupStatus.ACTIVE);
  }

  @Test
  void whereThereIsNoCapacityTheGroupIsDegraded() {
    SIMULATOR.tempo().endsAs("UpdateNodegroupConfig", "DEGRADED");
    update("one", 2, 4, 3);
    SIMULATOR.tempo().pass(TIME);
    assertThat(group().status()).isEqualTo(NodegroupStatus.DEGRADED);
    assertThat(group().health().issues().getFirst().message())
        .contains("InsufficientInstanceCapacity");
    assertThat(instances())
        .containsExactly(LifecycleState.IN_SERVICE, LifecycleState.PENDING, LifecycleState.PENDING);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    RdsAccount.assertRefused("ResourceNotFoundException", 404, () -> shown("none"));
    RdsAccount.assertRefused(
        "ResourceNotFoundException",
        404,
        () -> eks.describeNodegroup(it -> it.clusterName("shop").nodegroupName("none")));
  }
}
