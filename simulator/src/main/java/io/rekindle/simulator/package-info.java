/** A simulator of AWS's wire protocol, for tests and the local stack. */
@NullMarked
package io.rekindle.simulator;

import org.jspecify.annotations.NullMarked;
