package io.rekindle.simulator.accounts;

/** How the accounts call what they have. */
final class Names {
  static final String PRIMARY = "eu-west-1";
  static final String RECOVERY = "eu-central-1";
  static final String CLUSTER = "accounts";
  static final String PILOT_CLUSTER = "accounts-dr";
  static final String SERVICE = "accounts";
  static final String KUBECONFIG = "accounts/kubeconfig";
  static final String SECRET = "accounts/db";
  static final String VAULT = "accounts-dr";
  static final String DOMAIN = "example.com";
  static final String SITE = "accounts.example.com";
  static final String LISTENER = "listener";
  static final String TARGETS = "targetGroup";

  private Names() {}
}
