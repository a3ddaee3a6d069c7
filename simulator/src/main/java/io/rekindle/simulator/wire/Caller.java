package io.rekindle.simulator.wire;

/**
 * Who asks, as far as the request tells.
 *
 * @param role the ARN of the role that was assumed to get the access key; empty when none was
 * @param run the run of Rekindle that asks; empty when the client does not say
 * @param step the step of that run; empty when the client does not say
 */
public record Caller(String account, String accessKey, String role, String run, String step) {}
