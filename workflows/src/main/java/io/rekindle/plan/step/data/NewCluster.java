package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.AtMost;
import io.rekindle.plan.shape.Default;
import io.rekindle.plan.shape.Says;
import io.rekindle.plan.shape.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import org.jspecify.annotations.Nullable;

/** What an Aurora cluster that is made in a Region consists of, however it is made. */
public record NewCluster(
    @Written("class") @Says("The class of the instances.") @Default("db.serverless")
        String instanceClass,
    @Says("How many instances to add; a cluster without one cannot serve.")
        @Default("1")
        @AtLeast(1)
        @AtMost(16)
        int instances,
    @Says("The range in which db.serverless instances scale.") @Nullable Capacity capacity,
    @Written(inline = true) Network network,
    @Says("The cluster parameter group, in this Region; none comes along from another one.")
        String clusterParameterGroup,
    @Says("The parameter group of the instances, in this Region.") String parameterGroup) {

  public NewCluster {
    if (capacity == null && instanceClass.equals("db.serverless")) {
      throw new IllegalArgumentException("class db.serverless needs a capacity");
    }
  }

  /**
   * What making the cluster takes.
   *
   * @param from what it is made from
   */
  Permission make(Action.Change change, String action, Realm at, String target, String from) {
    return Permission.change(
        change,
        action,
        at.arn("rds", "cluster:" + at.named(target)),
        from,
        network.subnets(at),
        at.arn("rds", "cluster-pg:" + clusterParameterGroup),
        at.arn("rds", "og:*"));
  }

  /** What adding its instances takes. */
  Permission addInstances(Action.Change change, Realm at, String target) {
    return network.addInstances(change, at, target, parameterGroup);
  }
}
