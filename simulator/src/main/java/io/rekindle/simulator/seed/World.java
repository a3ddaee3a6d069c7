package io.rekindle.simulator.seed;

/**
 * What was seeded.
 *
 * @param healthCheck of the public name
 */
public record World(
    String account, Estate primary, Estate recovery, HostedZone zone, String healthCheck) {}
