/** The real databases behind simulated ones, a port for each of them. */
@NullMarked
package io.rekindle.simulator.database;

import org.jspecify.annotations.NullMarked;
