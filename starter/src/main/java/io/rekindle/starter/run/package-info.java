/** Runs on a Temporal server, as a client sees them. */
@NullMarked
package io.rekindle.starter.run;

import org.jspecify.annotations.NullMarked;
