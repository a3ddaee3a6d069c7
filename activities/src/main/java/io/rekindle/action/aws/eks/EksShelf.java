package io.rekindle.action.aws.eks;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Prices;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.compute.Eks;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The managed node groups of EKS, and what they are told to run. */
@Singleton
final class EksShelf implements Shelf {
  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Eks.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.of("EKS node group", "eks:nodegroup", visit -> groups(visit).map(EksShelf::thing)),
        Sort.inPlace("instances of the EKS node group", "eks:nodegroup", EksShelf::atWork));
  }

  /**
   * A cluster autoscaler moves the desired size, but never the least: that tells whether somebody
   * has forgotten to put the sizes back.
   */
  private static Stream<Thing> atWork(Visit visit) {
    return groups(visit)
        .filter(group -> Sizes.of(group).desired() > 0)
        .map(group -> {
          String mark = group.nodegroupArn() + "#" + Sizes.of(group).min();
          return Thing.of(
              name(group) + ", " + Sizes.of(group).inWords(), mark, Map.of(), cost(group));
        });
  }

  private static Stream<Nodegroup> groups(Visit visit) {
    EksClient eks = visit.client(EksClient.class, EksClient::builder);
    return eks.listClustersPaginator().clusters().stream()
        .flatMap(cluster ->
            eks
                .listNodegroupsPaginator(request -> request.clusterName(cluster))
                .nodegroups()
                .stream()
                .map(group ->
                    eks.describeNodegroup(
                            request -> request.clusterName(cluster).nodegroupName(group))
                        .nodegroup()));
  }

  private static Thing thing(Nodegroup group) {
    return Thing.of(name(group), group.nodegroupArn(), group.tags(), cost(group));
  }

  private static String name(Nodegroup group) {
    return group.clusterName() + "/" + group.nodegroupName();
  }

  /** Groups with a launch template, or with several types, do not tell what they run. */
  private static Cost cost(Nodegroup group) {
    int instances = Sizes.of(group).desired();
    if (instances == 0) {
      return Cost.NOTHING;
    }
    return group.instanceTypes().size() == 1
        ? Prices.instances(group.instanceTypes().getFirst(), instances)
        : Cost.UNKNOWN;
  }
}
