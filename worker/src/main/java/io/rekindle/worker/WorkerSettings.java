package io.rekindle.worker;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How a worker is to behave; {@code application.yml} has the defaults and says what each means.
 *
 * @param create whether to create a missing namespace and missing search attributes
 * @param patience how long to wait for the server at the start
 * @param retention how long a namespace made by this worker keeps the histories of ended runs
 * @param stopWithin how long what is in progress may take when the worker is told to stop
 * @param pace the pauses between looks, compared with what suits AWS
 * @param dns a name server to ask instead of those that DNS names; empty for none
 * @param trust a file of certificates to trust besides those that Java trusts; empty for none
 */
@ConfigurationProperties("rekindle")
record WorkerSettings(
    boolean create,
    Duration patience,
    Duration retention,
    Duration stopWithin,
    double pace,
    String dns,
    String trust) {}
