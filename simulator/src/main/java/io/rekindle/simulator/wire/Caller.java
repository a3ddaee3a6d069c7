package io.rekindle.simulator.wire;

/**
 * Who asks, as far as the request tells.
 *
 * @param role the ARN of the role that was assumed to get the access key; empty when none was
 * @param run the run of Rekindle that asks; empty when the client does not say
 * @param step the step of that run; empty when the client does not say
 * @param app what the client calls itself, by AWS_SDK_UA_APP_ID; empty when it does not
 */
public record Caller(
    String account, String accessKey, String role, String run, String step, String app) {}
