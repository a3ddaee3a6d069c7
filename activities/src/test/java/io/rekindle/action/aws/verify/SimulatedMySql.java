package io.rekindle.action.aws.verify;

import io.rekindle.simulator.Simulator;
import java.net.URI;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** A database of MySQL on a simulator, with a real server behind it. */
final class SimulatedMySql {
  private SimulatedMySql() {}

  /** Makes the database "visitors" of a user "admin". */
  static String url(Simulator simulator, String password) {
    RdsClient rds =
        RdsClient.builder()
            .region(Region.US_WEST_2)
            .endpointOverride(URI.create(simulator.endpoint().toString()))
            .build();
    rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier("orders")
            .engine("mysql")
            .dbInstanceClass("db.t3.micro")
            .allocatedStorage(20)
            .dbName("visitors")
            .masterUsername("admin")
            .masterUserPassword(password));
    Endpoint endpoint = rds.describeDBInstances().dbInstances().getFirst().endpoint();
    return "jdbc:mysql://%s:%d/visitors".formatted(endpoint.address(), endpoint.port());
  }
}
