/** The application of {@code examples/visitor-counter.yaml}, in a simulated cloud. */
@NullMarked
package io.rekindle.simulator.visitors;

import org.jspecify.annotations.NullMarked;
