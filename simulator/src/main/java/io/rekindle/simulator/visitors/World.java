package io.rekindle.simulator.visitors;

/** What was seeded. */
public record World(
    String account, Estate primary, Estate recovery, String zone, String healthCheck) {
  public static final String PRIMARY = "us-east-2";
  public static final String RECOVERY = "us-west-2";
  static final String CLUSTER = "lampstack-cluster";
  static final String SERVICE = "lampstack-service";
  static final String SECRET = "lampstack/db";
  static final String DOMAIN = "example.com";
  static final String NAME = "visitors.example.com";

  /** Where users go. */
  public String name() {
    return NAME;
  }
}
