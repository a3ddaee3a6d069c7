@NullMarked
package io.rekindle.simulator.contract;

import org.jspecify.annotations.NullMarked;
