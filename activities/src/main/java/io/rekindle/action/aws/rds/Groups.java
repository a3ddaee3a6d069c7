package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.Network;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;

/** The groups that a new instance needs in its Region. */
record Groups(Work<?> work, Network network, String parameterGroup) {

  /** Those that do not exist, in sentences. */
  List<String> lacks() {
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
}
