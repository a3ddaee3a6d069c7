/** The application of {@code examples/pilot-light-service.yaml}, in a simulated cloud. */
@NullMarked
package io.rekindle.simulator.accounts;

import org.jspecify.annotations.NullMarked;
