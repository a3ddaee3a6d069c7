/** The application of {@code examples/pilot-light-service.yaml}. */
@NullMarked
package io.rekindle.simulator.accounts;

import org.jspecify.annotations.NullMarked;
