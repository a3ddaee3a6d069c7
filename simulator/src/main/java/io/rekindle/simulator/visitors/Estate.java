package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.Balancer;

/**
 * What the application has in one Region, before anything fails.
 *
 * @param verifierGroup the security group of those who only check
 */
public record Estate(
    String region, String key, String databaseGroup, String verifierGroup, Balancer balancer) {}
