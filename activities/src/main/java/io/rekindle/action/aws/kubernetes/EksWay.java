package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** The way to a cluster of EKS: EKS tells where it is, and AWS's credentials are the token. */
final class EksWay {
  private EksWay() {}

  static Way of(Work<Kubernetes.Scale> work, String name) {
    String it = "the EKS cluster %s (%s)".formatted(name, work.call().region());
    EksClient eks = work.client(EksClient.class, EksClient::builder);
    Cluster cluster = described(work, eks, name, it);
    if (cluster.endpoint() == null) {
      throw work.refused(
          it + " is " + cluster.statusAsString() + " and has no API server yet; retry later");
    }
    return new Way(
        it,
        cluster.endpoint(),
        cluster.certificateAuthority().data(),
        new Way.Token(EksToken.of(eks, name)),
        "Give the role an access entry there (aws eks create-access-entry --cluster-name "
            + name
            + ") with the right to read and scale workloads, then retry.",
        ifSilent(cluster));
  }

  private static Cluster described(
      Work<Kubernetes.Scale> work, EksClient eks, String name, String it) {
    try {
      return eks.describeCluster(request -> request.name(name)).cluster();
    } catch (ResourceNotFoundException none) {
      throw work.refused(it + " does not exist");
    }
  }

  private static String ifSilent(Cluster cluster) {
    boolean isPublic =
        cluster.resourcesVpcConfig() == null
            || Boolean.TRUE.equals(cluster.resourcesVpcConfig().endpointPublicAccess());
    return isPublic
        ? "Its endpoint may be open to certain addresses only: the worker's must be among them."
        : "Its endpoint is private: the worker must run in its VPC or in a network connected to"
            + " it.";
  }
}
