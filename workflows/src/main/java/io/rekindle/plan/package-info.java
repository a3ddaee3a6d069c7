/**
 * A plan: how it is written, what it means, in which order its steps may run. Knows neither AWS nor
 * Temporal.
 */
@NullMarked
package io.rekindle.plan;

import org.jspecify.annotations.NullMarked;
