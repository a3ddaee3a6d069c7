/** Small stateful stand-ins for what the emulator lacks or gets wrong. */
@NullMarked
package io.rekindle.simulator.fake;

import org.jspecify.annotations.NullMarked;
