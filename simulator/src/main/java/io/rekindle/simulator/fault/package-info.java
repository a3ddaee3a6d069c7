/** Scripted faults: which calls they hit, when, and what happens to them. */
@NullMarked
package io.rekindle.simulator.fault;

import org.jspecify.annotations.NullMarked;
