package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.Network;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;

/** What must be in a Region before a database can be made there. */
public record Surroundings(Work<?> work) {

  /** What of it is not there, in words. */
  public List<String> lacks(Network network, String parameterGroup) {
    RdsClient rds = Instances.of(work).rds();
    List<String> lacks = new ArrayList<>();
    try {
      rds.describeDBSubnetGroups(request -> request.dbSubnetGroupName(network.subnetGroup()));
    } catch (DbSubnetGroupNotFoundException none) {
      lacks.add(
          "the DB subnet group %s does not exist in %s"
              .formatted(network.subnetGroup(), work.call().region()));
    }
    try {
      rds.describeDBParameterGroups(request -> request.dbParameterGroupName(parameterGroup));
    } catch (DbParameterGroupNotFoundException none) {
      lacks.add(
          "the parameter group %s does not exist in %s"
              .formatted(parameterGroup, work.call().region()));
    }
    return lacks;
  }

  /** The same of what only clusters need. */
  public List<String> lacksClusterGroup(String clusterParameterGroup) {
    try {
      Instances.of(work)
          .rds()
          .describeDBClusterParameterGroups(
              request -> request.dbClusterParameterGroupName(clusterParameterGroup));
      return List.of();
    } catch (DbParameterGroupNotFoundException none) {
      return List.of(
          "the cluster parameter group %s does not exist in %s"
              .formatted(clusterParameterGroup, work.call().region()));
    }
  }
}
