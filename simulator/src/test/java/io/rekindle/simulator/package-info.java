/** What the simulator does, seen through the AWS SDK. */
@NullMarked
package io.rekindle.simulator;

import org.jspecify.annotations.NullMarked;
