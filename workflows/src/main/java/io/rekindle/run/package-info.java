/**
 * The durable run of a plan. Workflow code: no AWS, no clock, no thread, no random, no I/O; history
 * is the memory.
 */
@NullMarked
package io.rekindle.run;

import org.jspecify.annotations.NullMarked;
