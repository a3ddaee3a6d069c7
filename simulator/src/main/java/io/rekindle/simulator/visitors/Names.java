package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.Service;

/** How the visitor counter calls what it has. */
final class Names {
  static final String PRIMARY = "us-east-2";
  static final String RECOVERY = "us-west-2";
  static final Service TASKS = new Service("lampstack-cluster", "lampstack-service");
  static final String SECRET = "lampstack/db";
  static final String DOMAIN = "example.com";
  static final String SITE = "visitors.example.com";

  private Names() {}
}
