package io.rekindle.simulator.seed;

import java.util.HashMap;
import java.util.Map;

/**
 * What an application has in one Region, before anything fails.
 *
 * @param verifierGroup the security group of those who only check
 * @param more what else its plan names, by the names that the plan gives
 */
public record Estate(
    String region,
    String key,
    String databaseGroup,
    String verifierGroup,
    Balancer balancer,
    Map<String, String> more) {

  /** By the names that plans give. */
  public Map<String, String> values() {
    Map<String, String> all = new HashMap<>(more);
    all.put("alb", balancer.name());
    all.put("albZone", balancer.zone());
    all.put("albMetric", balancer.metric());
    all.put("key", key);
    all.put("databaseGroup", databaseGroup);
    all.put("verifierGroup", verifierGroup);
    return all;
  }
}
