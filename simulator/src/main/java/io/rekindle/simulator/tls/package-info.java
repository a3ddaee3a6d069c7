/** The certificates of what is simulated. */
@NullMarked
package io.rekindle.simulator.tls;

import org.jspecify.annotations.NullMarked;
