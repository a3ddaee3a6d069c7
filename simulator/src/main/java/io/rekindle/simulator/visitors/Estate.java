package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.Balancer;
import java.util.Map;

/**
 * What the application has in one Region, before anything fails.
 *
 * @param verifierGroup the security group of those who only check
 */
public record Estate(
    String region, String key, String databaseGroup, String verifierGroup, Balancer balancer) {

  /** By the names that its plan gives them. */
  Map<String, String> values() {
    return Map.of(
        "alb",
        balancer.name(),
        "albZone",
        balancer.zone(),
        "albMetric",
        balancer.metric(),
        "key",
        key,
        "databaseGroup",
        databaseGroup,
        "verifierGroup",
        verifierGroup);
  }
}
