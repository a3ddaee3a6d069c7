/** A whole stack on this machine: a Temporal server, a simulated AWS and a worker, as processes. */
@NullMarked
package io.rekindle.starter.local;

import org.jspecify.annotations.NullMarked;
