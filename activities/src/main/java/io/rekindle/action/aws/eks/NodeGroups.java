package io.rekindle.action.aws.eks;

import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.plan.step.compute.Eks.ScaleNodegroup.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eks.model.Update;

/** The node group of a step, as EKS and EC2 Auto Scaling show it. */
record NodeGroups(Work<Eks.ScaleNodegroup> work) {
  static final Duration LOOK = Duration.ofSeconds(15);

  private EksClient eks() {
    return work.client(EksClient.class, EksClient::builder);
  }

  private String cluster() {
    return work.with().cluster();
  }

  private String name() {
    return work.with().nodegroup();
  }

  Optional<Nodegroup> find() {
    try {
      return Optional.of(
          eks()
              .describeNodegroup(request -> request.clusterName(cluster()).nodegroupName(name()))
              .nodegroup());
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  /**
   * The update that the step began; empty when its answer was lost, or EKS does not show it yet.
   */
  Optional<Update> update() {
    return work.receipt(Change.SCALE).flatMap(this::update);
  }

  private Optional<Update> update(String id) {
    try {
      return Optional.of(
          eks()
              .describeUpdate(request -> request.name(cluster()).nodegroupName(name()).updateId(id))
              .update());
    } catch (ResourceNotFoundException notYet) {
      return Optional.empty();
    }
  }

  /** Gives the id of the update. */
  String resize(Nodegroup present, Sizes wanted) {
    return eks()
        .updateNodegroupConfig(request ->
            request
                .clusterName(cluster())
                .nodegroupName(name())
                .scalingConfig(wanted.asked())
                .clientRequestToken(token(present, wanted)))
        .update()
        .id();
  }

  /**
   * What is asked again before the group has changed is the same request; after an update that
   * failed it is another, which EKS would otherwise answer with the old one. How long EKS knows a
   * token it does not say.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html">
   *     UpdateNodegroupConfig</a>
   */
  private String token(Nodegroup present, Sizes wanted) {
    ActionKey key = work.call().key();
    String text =
        String.join(
            "/",
            key.application(),
            key.run(),
            key.step(),
            String.valueOf(key.generation()),
            wanted.inWords(),
            String.valueOf(present.modifiedAt()));
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** How many instances are in service: EKS itself counts none. */
  int inService(Nodegroup group) {
    if (group.resources() == null) {
      return 0;
    }
    List<String> names =
        group.resources().autoScalingGroups().stream().map(AutoScalingGroup::name).toList();
    return names.isEmpty() ? 0 : inService(names);
  }

  private int inService(List<String> names) {
    return (int)
        work
            .client(AutoScalingClient.class, AutoScalingClient::builder)
            .describeAutoScalingGroupsPaginator(request -> request.autoScalingGroupNames(names))
            .autoScalingGroups()
            .stream()
            .flatMap(group -> group.instances().stream())
            .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
            .count();
  }

  /** What it is, for a sentence. */
  String it() {
    return "the node group %s of the EKS cluster %s in %s"
        .formatted(name(), cluster(), work.call().region());
  }
}
