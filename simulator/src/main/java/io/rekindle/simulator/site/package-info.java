/** Applications as their users reach them. */
@NullMarked
package io.rekindle.simulator.site;

import org.jspecify.annotations.NullMarked;
