/** Functions of AWS Lambda: they run what a test or a seed gives them, and read queues. */
@NullMarked
package io.rekindle.simulator.function;

import org.jspecify.annotations.NullMarked;
