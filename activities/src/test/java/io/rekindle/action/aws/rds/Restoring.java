package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.plan.step.data.Rds;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/** A restore in the world where its copies lie ready. */
class Restoring extends ActionWorld<Rds.RestoreInstance> {
  protected final RestoreWorld world =
      new RestoreWorld(
          new RdsWorld(in(THERE, RdsClient::builder)),
          new RdsWorld(in(HERE, RdsClient::builder)),
          in(HERE, Ec2Client::builder));
  protected final RdsWorld here = world.here();

  @Override
  protected ActionHandler<Rds.RestoreInstance> handler() {
    return new RestoreInstance();
  }

  @Override
  protected String with() {
    return RestoreWorld.WITH;
  }

  @Override
  protected void world() {
    world.plant();
  }
}
