/** What Route 53 answers over DNS. */
@NullMarked
package io.rekindle.simulator.dns;

import org.jspecify.annotations.NullMarked;
