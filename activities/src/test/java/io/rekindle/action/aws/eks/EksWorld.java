package io.rekindle.action.aws.eks;

import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** A cluster with one managed node group. */
record EksWorld(EksClient eks) {
  void group(int min, int max, int desired) {
    String role = "arn:aws:iam::123456789012:role/eks";
    eks.createCluster(
        it -> it.name("shop").roleArn(role).resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")));
    eks.createNodegroup(it ->
        it.clusterName("shop")
            .nodegroupName("web")
            .nodeRole(role)
            .subnets("subnet-1")
            .instanceTypes("t3.medium")
            .scalingConfig(sizes -> sizes.minSize(min).maxSize(max).desiredSize(desired)));
  }

  Nodegroup look() {
    return eks.describeNodegroup(it -> it.clusterName("shop").nodegroupName("web")).nodegroup();
  }

  Sizes sizes() {
    return Sizes.of(look());
  }

  /** As a person would, or a cluster autoscaler. */
  void resize(int min, int max, int desired) {
    eks.updateNodegroupConfig(it ->
        it.clusterName("shop")
            .nodegroupName("web")
            .scalingConfig(sizes -> sizes.minSize(min).maxSize(max).desiredSize(desired)));
  }
}
