package io.rekindle.simulator.accounts;

import io.rekindle.simulator.cluster.Cluster;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.wire.Client;

/** The pods of the accounts in one cluster. */
record Pods(Cluster cluster) {
  private static final String NAMESPACE = "accounts";
  private static final String WORKLOAD = "api";

  static Pods in(Land land, Client client, String name, int copies, String targets) {
    Cluster cluster = land.clusters().lead(client.caller().account(), client.region(), name);
    cluster.deployment(NAMESPACE, WORKLOAD, copies);
    Pods pods = new Pods(cluster);
    land.targets().lead(targets, pods::ready, pods::wanted);
    return pods;
  }

  int ready() {
    return cluster.ready(NAMESPACE, WORKLOAD);
  }

  private int wanted() {
    return cluster.replicas(NAMESPACE, WORKLOAD);
  }
}
