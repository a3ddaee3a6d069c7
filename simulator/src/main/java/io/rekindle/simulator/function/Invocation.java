package io.rekindle.simulator.function;

import java.util.Map;

/**
 * One invocation of a function.
 *
 * @param version the one that runs: a number, or {@code $LATEST}
 * @param payload JSON
 * @param environment as the running version has it, which an update that goes on does not change
 */
public record Invocation(
    String account,
    String region,
    String function,
    String version,
    String payload,
    Map<String, String> environment) {}
