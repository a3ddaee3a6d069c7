/** Caches of Amazon ElastiCache. */
@NullMarked
package io.rekindle.simulator.cache;

import org.jspecify.annotations.NullMarked;
