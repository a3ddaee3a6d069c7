package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Service;

/** How the accounts call what they have. */
final class Names {
  static final String PRIMARY = "eu-west-1";
  static final String RECOVERY = "eu-central-1";
  static final Service TASKS = new Service("accounts", "accounts");
  static final Service PILOT_TASKS = new Service("accounts-dr", "accounts");
  static final String SECRET = "accounts/db";
  static final String VAULT = "accounts-dr";
  static final String DOMAIN = "example.com";
  static final String SITE = "accounts.example.com";
  static final String LISTENER = "listener";

  private Names() {}
}
