package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.HostedZone;
import io.rekindle.simulator.seed.Service;

/** What was seeded. */
public record World(
    String account, Estate primary, Estate recovery, HostedZone zone, String healthCheck) {
  public static final String PRIMARY = "us-east-2";
  public static final String RECOVERY = "us-west-2";
  static final Service TASKS = new Service("lampstack-cluster", "lampstack-service");
  static final String SECRET = "lampstack/db";
  static final String DOMAIN = "example.com";
  static final String NAME = "visitors.example.com";

  /** Where users go. */
  public String name() {
    return NAME;
  }
}
