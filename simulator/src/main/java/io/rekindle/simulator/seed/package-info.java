/** What an application has before anything fails, made in a simulated AWS as its owner would. */
@NullMarked
package io.rekindle.simulator.seed;

import org.jspecify.annotations.NullMarked;
