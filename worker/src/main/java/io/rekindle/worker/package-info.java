/** The process that does the work of runs: it polls Temporal, and can be watched while it does. */
@NullMarked
package io.rekindle.worker;

import org.jspecify.annotations.NullMarked;
