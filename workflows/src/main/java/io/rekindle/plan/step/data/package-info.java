/** Databases, stores and the keys and secrets that open them. */
@NullMarked
package io.rekindle.plan.step.data;

import org.jspecify.annotations.NullMarked;
