/** What goes over the wire: requests as AWS's services read them, and answers in their shapes. */
@NullMarked
package io.rekindle.simulator.wire;

import org.jspecify.annotations.NullMarked;
